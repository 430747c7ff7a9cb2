struct Note(u32);
trait Pitch { fn pitch(self) -> u64; }
impl Pitch for &Note { fn pitch(self) -> u64 { 1 } }
impl Pitch for Note { fn pitch(self) -> u64 { u64::from(self.0) } }
fn one() -> u64 { Note(3).pitch() }
fn two() -> u64 { let note = Note(4); note.pitch() }
pub fn answer() -> u64 { one() * 10 + two() }
//# gives: 34
//# edit: impl Pitch for Note { fn pitch(self) -> u64 { u64::from(self.0) } } => 
//# gives: 11
