//! A type without size gets a field.
//# probe: 7 7 7 7
struct Note;
#[inline(never)] fn make(_: i64) -> &'static Note { host::keep(Note) }
#[inline(never)] fn fold(_: &'static Note) -> i64 { 7 }
//# after
//# expect: live, changed fold make
//# probe: 0 1 2 5
//# flight: old
struct Note(i64);
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note(x)) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.0 }
