//! A field that a condition leaves out comes in.
//# probe: 2 12 22 52
struct Note { #[cfg(windows)] more: i64, pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { #[cfg(windows)] more: 4, pitch: x as i32, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 12 22 52
//# flight: old
struct Note { #[cfg(unix)] more: i64, pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { #[cfg(unix)] more: 4, pitch: x as i32, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
