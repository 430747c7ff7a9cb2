//! A field keeps its size and loses its sign.
//# probe: -3 -2 -1 2
struct Note { pitch: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 - 3 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 }
//# after
//# expect: live, changed fold
//# probe: 4294967293 4294967294 4294967295 2
//# flight: old
struct Note { pitch: u32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: (x as u32).wrapping_sub(3) }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 }
