//! The fields of a tuple struct change places.
//# probe: 2 12 22 52
#[repr(C)] struct Note(i32, f32);
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note(x as i32, 0.5)) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.0 as i64 * 10 + (note.1 * 4.0) as i64 }
//# after
//# expect: live, changed fold make
//# probe: 4 14 24 54
//# flight: old
#[repr(C)] struct Note(f32, i32);
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note(0.5, x as i32)) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.1 as i64 * 10 + (note.0 * 8.0) as i64 }
