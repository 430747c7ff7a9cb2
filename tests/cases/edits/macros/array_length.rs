//! A macro in an array length.
//# probe: 2 32 62 152
macro_rules! taps { () => { 3 } }
struct Note { all: [i32; taps!()], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { all: [x as i32; taps!()], gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.all.iter().map(|&x| x as i64).sum::<i64>() * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 52 102 252
//# flight: old
macro_rules! taps { () => { 5 } }
struct Note { all: [i32; taps!()], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { all: [x as i32; taps!()], gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.all.iter().map(|&x| x as i64).sum::<i64>() * 10 + note.gain as i64 }
