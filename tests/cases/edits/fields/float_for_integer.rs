//! A field of the same size holds a float instead of an integer.
//# probe: 2 32 62 152
struct Note { pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 * 3, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 7 12 27
//# flight: old
struct Note { pitch: f32, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as f32 * 0.5, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { (note.pitch * 10.0) as i64 + note.gain as i64 }
