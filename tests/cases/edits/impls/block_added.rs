//! A block is added in front: the compiler numbers the others anew.
//# probe: 1 3 5 11
struct Note { pitch: i64 }
impl Note { #[inline(never)] fn level(&self) -> i64 { self.pitch * 2 } }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { note.level() + 1 }
//# after
//# expect: live
//# probe: 8 10 12 18
//# flight: old
struct Note { pitch: i64 }
impl Note { #[inline(never)] fn base(&self) -> i64 { 7 } }
impl Note { #[inline(never)] fn level(&self) -> i64 { self.pitch * 2 + self.base() } }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { note.level() + 1 }
