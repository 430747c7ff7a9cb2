struct Note(u32);
trait Pitch { fn pitch(self) -> u64; }
impl Pitch for &Note { fn pitch(self) -> u64 { 1 } }
fn one() -> u64 { Note(3).pitch() }
fn two() -> u64 { let note = Note(4); note.pitch() }
pub fn answer() -> u64 { one() * 10 + two() }
//# gives: 11
//# edit: fn one() => impl Pitch for Note { fn pitch(self) -> u64 { u64::from(self.0) } }\nfn one()
//# gives: 34
