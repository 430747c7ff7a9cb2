//! A method is added that nobody calls.
//# probe: 1 3 5 11
struct Note { pitch: i64 }
impl Note { #[inline(never)] fn level(&self) -> i64 { self.pitch * 2 } }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { note.level() + 1 }
//# after
//# expect: live
//# probe: 1 21 41 101
//# flight: old
struct Note { pitch: i64 }
impl Note { #[allow(dead_code)] #[inline(never)] pub fn more(&self) -> i64 { 40 } #[inline(never)] fn level(&self) -> i64 { self.pitch * 20 } }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { note.level() + 1 }
