//! A value becomes a reference.
//# probe: 0 3 6 15
struct Note { pitch: i64 }
#[inline(never)] fn make(x: i64) -> Note { Note { pitch: x } }
#[inline(never)] fn fold(note: Note) -> i64 { note.pitch * 3 }
//# after
//# expect: live, changed fold
//# probe: 0 4 8 20
//# flight: old
struct Note { pitch: i64 }
#[inline(never)] fn make(x: i64) -> &'static Note { Box::leak(Box::new(Note { pitch: x })) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch * 4 }
