//! What Default gives changes.
//# probe: 1 2 3 6
struct Note { pitch: i64 }
impl Default for Note { #[inline(never)] fn default() -> Note { Note { pitch: 1 } } }
pub fn probe(x: i64) -> i64 { Note::default().pitch + x }
//# after
//# expect: live, changed Note::default
//# probe: 10 11 12 15
//# flight: 15
struct Note { pitch: i64 }
impl Default for Note { #[inline(never)] fn default() -> Note { Note { pitch: 10 } } }
pub fn probe(x: i64) -> i64 { Note::default().pitch + x }
