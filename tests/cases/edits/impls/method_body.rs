//! The body of a method changes.
//# probe: 1 3 5 11
struct Note { pitch: i64 }
impl Note { #[inline(never)] fn level(&self) -> i64 { self.pitch * 2 } }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { note.level() + 1 }
//# after
//# expect: live, changed Note::level
//# probe: 1 4 7 16
//# flight: 16
struct Note { pitch: i64 }
impl Note { #[inline(never)] fn level(&self) -> i64 { self.pitch * 3 } }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { note.level() + 1 }
