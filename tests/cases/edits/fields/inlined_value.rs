//! A struct that crosses in registers gets its halves in another order.
//# probe: 50 150 250 550
#[repr(C)] struct Note { a: i32, b: i32 }
#[inline(never)] fn make(x: i64) -> Note { Note { a: x as i32, b: 50 } }
#[inline(never)] fn fold(note: Note) -> i64 { note.a as i64 * 100 + note.b as i64 }
//# after
//# expect: live, changed fold make
//# probe: 50 150 250 550
//# flight: old
#[repr(C)] struct Note { b: i32, a: i32 }
#[inline(never)] fn make(x: i64) -> Note { Note { a: x as i32, b: 50 } }
#[inline(never)] fn fold(note: Note) -> i64 { note.a as i64 * 100 + note.b as i64 }
