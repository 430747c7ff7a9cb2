//! A method is added and called.
//# probe: 1 3 5 11
struct Note { pitch: i64 }
impl Note { #[inline(never)] fn level(&self) -> i64 { self.pitch * 2 } }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { note.level() + 1 }
//# after
//# expect: live, changed fold, added Note::more
//# probe: 40 42 44 50
//# flight: old
struct Note { pitch: i64 }
impl Note { #[inline(never)] fn more(&self) -> i64 { 40 } #[inline(never)] fn level(&self) -> i64 { self.pitch * 2 } }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { note.level() + note.more() }
