//! A function pointer that a static keeps, of a type that changes: nothing calls across.
//# probe: 1 11 21 51
use std::sync::Mutex;
#[repr(C)] struct Note { pitch: i32, gain: i32 }
static HOOK: Mutex<Option<fn(&Note) -> i64>> = Mutex::new(None);
#[inline(never)] fn level(note: &Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
pub fn probe(x: i64) -> i64 { let hook = *HOOK.lock().unwrap().get_or_insert(level); hook(&Note { pitch: x as i32, gain: 1 }) }
//# after
//# expect: live, changed level
//# static: HOOK: starts anew
//# probe: 1 11 21 51
//# flight: old
use std::sync::Mutex;
#[repr(C)] struct Note { gain: i32, pitch: i32 }
static HOOK: Mutex<Option<fn(&Note) -> i64>> = Mutex::new(None);
#[inline(never)] fn level(note: &Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
pub fn probe(x: i64) -> i64 { let hook = *HOOK.lock().unwrap().get_or_insert(level); hook(&Note { pitch: x as i32, gain: 1 }) }
