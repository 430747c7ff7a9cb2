//! A struct asks for more alignment; an array of it.
//# probe: 23 123 223 523
#[derive(Clone, Copy)] struct Note(i32);
#[inline(never)] fn make(x: i64) -> &'static [Note; 3] { host::keep([Note(x as i32), Note(2), Note(3)]) }
#[inline(never)] fn fold(notes: &'static [Note; 3]) -> i64 { notes.iter().fold(0, |sum, note| sum * 10 + note.0 as i64) }
//# after
//# expect: live, changed fold make
//# probe: 23 123 223 523
//# flight: old
#[derive(Clone, Copy)] #[repr(align(16))] struct Note(i32);
#[inline(never)] fn make(x: i64) -> &'static [Note; 3] { host::keep([Note(x as i32), Note(2), Note(3)]) }
#[inline(never)] fn fold(notes: &'static [Note; 3]) -> i64 { notes.iter().fold(0, |sum, note| sum * 10 + note.0 as i64) }
