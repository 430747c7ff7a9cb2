//! A pointer to a struct of the file as a parameter.
//# probe: 2 12 22 52
#[repr(C)] struct Note { pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> *const Note { host::keep(Note { pitch: x as i32, gain: 2 }) }
#[inline(never)] fn fold(note: *const Note) -> i64 { let note = unsafe { &*note }; note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold
//# probe: 2 12 22 52
//# flight: old
#[repr(C)] struct Note { gain: i32, pitch: i32 }
#[inline(never)] fn make(x: i64) -> *const Note { host::keep(Note { pitch: x as i32, gain: 2 }) }
#[inline(never)] fn fold(note: *const Note) -> i64 { let note = unsafe { &*note }; note.pitch as i64 * 10 + note.gain as i64 }
