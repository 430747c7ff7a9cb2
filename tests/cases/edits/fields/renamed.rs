//! Two fields swap their names, and nothing else.
//# probe: 2 32 62 152
#[repr(C)] struct Note { pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 * 3, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold
//# probe: 3 33 63 153
//# flight: old
#[repr(C)] struct Note { gain: i32, pitch: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { gain: x as i32 * 3, pitch: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.gain as i64 * 10 + note.pitch as i64 + 1 }
