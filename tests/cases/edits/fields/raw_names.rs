//! Fields whose names are keywords.
//# probe: 4 14 24 54
#[repr(C)] struct Note { r#type: i32, r#fn: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { r#type: x as i32, r#fn: 4 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.r#type as i64 * 10 + note.r#fn as i64 }
//# after
//# expect: live, changed fold make
//# probe: 4 14 24 54
//# flight: old
#[repr(C)] struct Note { r#fn: i32, r#type: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { r#type: x as i32, r#fn: 4 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.r#type as i64 * 10 + note.r#fn as i64 }
