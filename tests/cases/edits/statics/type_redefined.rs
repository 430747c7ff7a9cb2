//! The type of a static keeps its name and gets other fields.
//# probe: 51 61 81 131
use std::sync::Mutex;
#[repr(C)] struct Note { pitch: i32, gain: i32 }
static NOTE: Mutex<Note> = Mutex::new(Note { pitch: 5, gain: 1 });
pub fn probe(x: i64) -> i64 { let mut note = NOTE.lock().unwrap(); note.pitch += x as i32; note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed probe
//# static: NOTE: starts anew
//# carries: NOTE
//# probe: 51 61 81 131
//# flight: 231
use std::sync::Mutex;
#[repr(C)] struct Note { gain: i32, pitch: i32 }
static NOTE: Mutex<Note> = Mutex::new(Note { pitch: 5, gain: 1 });
pub fn probe(x: i64) -> i64 { let mut note = NOTE.lock().unwrap(); note.pitch += x as i32; note.pitch as i64 * 10 + note.gain as i64 }
