//! A derived Clone is written by hand.
//# probe: 0 2 4 10
#[derive(Clone)] struct Note { pitch: i64 }
#[inline(never)] fn twice(note: &Note) -> i64 { let other = note.clone(); note.pitch + other.pitch }
pub fn probe(x: i64) -> i64 { twice(&Note { pitch: x }) }
//# after
//# expect: live, changed twice
//# probe: 0 11 22 55
//# flight: old
struct Note { pitch: i64 }
impl Clone for Note { fn clone(&self) -> Note { Note { pitch: self.pitch * 10 } } }
#[inline(never)] fn twice(note: &Note) -> i64 { let other = note.clone(); note.pitch + other.pitch }
pub fn probe(x: i64) -> i64 { twice(&Note { pitch: x }) }
