//! A type becomes Copy.
//# probe: 0 1 2 5
#[derive(Clone)] struct Note { pitch: i64 }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { note.pitch }
//# after
//# expect: live, changed fold
//# probe: 0 2 4 10
//# flight: 10
#[derive(Clone, Copy)] struct Note { pitch: i64 }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { let other = note; note.pitch + other.pitch }
