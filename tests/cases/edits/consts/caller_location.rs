//! A constant that asks where it stands through a value.
//# probe: 2 12 22 52
const N: usize = std::panic::Location::caller().line() as usize;
struct Note { all: [i32; N], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { all: [x as i32; N], gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.all.iter().map(|&x| x as i64).sum::<i64>() * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 42 82 202
//# flight: old



const N: usize = std::panic::Location::caller().line() as usize;
struct Note { all: [i32; N], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { all: [x as i32; N], gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.all.iter().map(|&x| x as i64).sum::<i64>() * 10 + note.gain as i64 }
