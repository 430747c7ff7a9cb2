//! A type in a module file changes.
//# probe: 2 12 22 52
mod notes;
pub fn probe(x: i64) -> i64 { notes::fold(notes::make(x)) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let made = notes::make(x); host::hold(gate); notes::fold(made) }
//# file: notes.rs
use crate::host;
#[repr(C)] pub struct Note { pitch: i32, gain: i32 }
#[inline(never)] pub fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32, gain: 2 }) }
#[inline(never)] pub fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed notes::fold
//# probe: 2 12 22 52
//# flight: old
mod notes;
pub fn probe(x: i64) -> i64 { notes::fold(notes::make(x)) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let made = notes::make(x); host::hold(gate); notes::fold(made) }
//# file: notes.rs
use crate::host;
#[repr(C)] pub struct Note { gain: i32, pitch: i32 }
#[inline(never)] pub fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32, gain: 2 }) }
#[inline(never)] pub fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
