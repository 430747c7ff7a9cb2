//! A constant of a type of the file, whose fields change places.
//# probe: 12 12 12 12
#[repr(C)] struct Note { a: i32, b: i32 }
const NOTE: Note = Note { a: 1, b: 2 };
#[inline(never)] fn fold(note: &Note) -> i64 { note.a as i64 * 10 + note.b as i64 }
#[inline(never)] fn make(_: i64) -> &'static Note { &NOTE }
//# after
//# expect: live, changed fold
//# probe: 12 12 12 12
//# flight: old
#[repr(C)] struct Note { b: i32, a: i32 }
const NOTE: Note = Note { a: 1, b: 2 };
#[inline(never)] fn fold(note: &Note) -> i64 { note.a as i64 * 10 + note.b as i64 }
#[inline(never)] fn make(_: i64) -> &'static Note { &NOTE }
