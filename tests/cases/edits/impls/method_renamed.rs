//! A method is renamed.
//# probe: 1 3 5 11
struct Note { pitch: i64 }
impl Note { #[inline(never)] fn level(&self) -> i64 { self.pitch * 2 } }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { note.level() + 1 }
//# after
//# expect: live, changed fold, added Note::loud, removed Note::level
//# probe: 1 6 11 26
//# flight: old
struct Note { pitch: i64 }
impl Note { #[inline(never)] fn loud(&self) -> i64 { self.pitch * 5 } }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { note.loud() + 1 }
