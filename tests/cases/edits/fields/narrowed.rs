//! A field becomes half as wide, then a byte.
//# probe: 2 32 62 152
struct Note { pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 * 3, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 32 62 152
//# flight: old
struct Note { pitch: i16, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i16 * 3, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 32 62 152
//# flight: old
struct Note { pitch: u8, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as u8 * 3, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
