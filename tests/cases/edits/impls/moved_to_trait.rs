//! A method moves into a trait.
//# probe: 1 3 5 11
struct Note { pitch: i64 }
impl Note { #[inline(never)] fn level(&self) -> i64 { self.pitch * 2 } }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { note.level() + 1 }
//# after
//# expect: live, changed fold
//# probe: 1 7 13 31
//# flight: old
struct Note { pitch: i64 }
trait Level { fn level(&self) -> i64; }
impl Level for Note { #[inline(never)] fn level(&self) -> i64 { self.pitch * 6 } }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { note.level() + 1 }
