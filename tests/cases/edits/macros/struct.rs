//! A macro that expands to a struct changes.
//# probe: 2 12 22 52
macro_rules! note { ($name:ident) => { #[repr(C)] struct $name { pitch: i32, gain: i32 } } }
note!(Note);
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 12 22 52
//# flight: old
macro_rules! note { ($name:ident) => { #[repr(C)] struct $name { gain: i32, pitch: i32 } } }
note!(Note);
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
