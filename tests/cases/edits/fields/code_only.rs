//! The value of a field changes, its type does not: the call in flight meets the new callee.
//# probe: 2 32 62 152
struct Note { pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 * 3, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold
//# probe: 2 3002 6002 15002
//# flight: 15002
struct Note { pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 * 3, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 1000 + note.gain as i64 }
//# after
//# expect: live, changed make
//# probe: 7 3007 6007 15007
//# flight: old
struct Note { pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 * 3, gain: 7 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 1000 + note.gain as i64 }
