//! A tuple struct gets names; its layout stays.
//# probe: 4 5 6 9
struct Note(i32, i32);
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note(x as i32, 4)) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.0 as i64 + note.1 as i64 }
//# after
//# expect: live, changed fold
//# probe: 0 4 8 20
//# flight: old
struct Note { a: i32, b: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { a: x as i32, b: 4 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.a as i64 * note.b as i64 }
