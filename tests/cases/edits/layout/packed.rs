//! A struct becomes packed.
//# probe: 10003 10013 10023 10053
#[repr(C)] struct Note { a: u8, b: i32, c: u8 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { a: 1, b: x as i32, c: 3 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.a as i64 * 10000 + note.b as i64 * 10 + note.c as i64 }
//# after
//# expect: live, changed fold make
//# probe: 10003 10013 10023 10053
//# flight: old
#[repr(C, packed)] struct Note { a: u8, b: i32, c: u8 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { a: 1, b: x as i32, c: 3 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.a as i64 * 10000 + note.b as i64 * 10 + note.c as i64 }
