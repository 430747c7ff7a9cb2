//! A reference to an array becomes a slice, which takes two registers.
//# probe: 6 6 6 6
struct Note { steps: &'static [i32; 3] }
#[inline(never)] fn make(_: i64) -> Note { Note { steps: &[1, 2, 3] } }
#[inline(never)] fn fold(note: Note) -> i64 { note.steps.iter().map(|&x| x as i64).sum() }
//# after
//# expect: live, changed fold make
//# probe: 5 5 10 10
//# flight: old
struct Note { steps: &'static [i32] }
#[inline(never)] fn make(x: i64) -> Note { Note { steps: if x > 1 { &[1, 2, 3, 4] } else { &[5] } } }
#[inline(never)] fn fold(note: Note) -> i64 { note.steps.iter().map(|&x| x as i64).sum() }
