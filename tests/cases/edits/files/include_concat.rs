//! The name of the included file is put together.
//# probe: 2 12 22 52
include!(concat!("note", ".", "in"));
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# file: note.in
#[repr(C)] struct Note { pitch: i32, gain: i32 }
//# after
//# expect: live, changed fold
//# probe: 2 12 22 52
//# flight: old
include!(concat!("note", ".", "in"));
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# file: note.in
#[repr(C)] struct Note { gain: i32, pitch: i32 }
