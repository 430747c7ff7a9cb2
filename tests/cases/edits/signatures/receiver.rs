//! A method that took itself by reference takes itself by value.
//# probe: 1 2 3 6
#[derive(Clone, Copy)] struct Note(i64);
impl Note { #[inline(never)] fn pitch(&self) -> i64 { self.0 + 1 } }
#[inline(never)] fn make(x: i64) -> Note { Note(x) }
#[inline(never)] fn fold(note: Note) -> i64 { note.pitch() }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let note = make(x); host::hold(gate); note.pitch() }
//# after
//# expect: live, changed Note::pitch
//# probe: 2 3 4 7
//# flight: old
#[derive(Clone, Copy)] struct Note(i64);
impl Note { #[inline(never)] fn pitch(self) -> i64 { self.0 + 2 } }
#[inline(never)] fn make(x: i64) -> Note { Note(x) }
#[inline(never)] fn fold(note: Note) -> i64 { note.pitch() }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let note = make(x); host::hold(gate); note.pitch() }
//# after
//# expect: live, changed Note::pitch
//# probe: 2 3 4 7
//# flight: old
#[derive(Clone, Copy)] struct Note(i64);
impl Note { #[inline(never)] fn pitch(self: Box<Self>) -> i64 { self.0 + 2 } }
#[inline(never)] fn make(x: i64) -> Note { Note(x) }
#[inline(never)] fn fold(note: Note) -> i64 { Box::new(note).pitch() }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let note = make(x); host::hold(gate); Box::new(note).pitch() }
