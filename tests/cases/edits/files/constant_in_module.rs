//! A constant in a module file is the length of a type in the main file.
//# probe: 2 32 62 152
mod sizes;
struct Note { all: [i32; sizes::N], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { all: [x as i32; sizes::N], gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.all.iter().sum::<i32>() as i64 * 10 + note.gain as i64 }
//# file: sizes.rs
pub const N: usize = 3;
//# after
//# expect: live, changed fold make
//# probe: 2 62 122 302
//# flight: old
mod sizes;
struct Note { all: [i32; sizes::N], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { all: [x as i32; sizes::N], gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.all.iter().sum::<i32>() as i64 * 10 + note.gain as i64 }
//# file: sizes.rs
pub const N: usize = 6;
