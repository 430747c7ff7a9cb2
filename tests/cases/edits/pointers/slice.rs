//! A slice of structs whose stride changes.
//# probe: 0 4 8 20
#[derive(Clone)] #[repr(C)] struct Note { pitch: i32 }
#[inline(never)] fn make(x: i64) -> &'static [Note] { Vec::leak(vec![Note { pitch: x as i32 }; 4]) }
#[inline(never)] fn fold(notes: &'static [Note]) -> i64 { notes.iter().map(|note| note.pitch as i64).sum() }
//# after
//# expect: live, changed fold make
//# probe: 0 4 8 20
//# flight: old
#[derive(Clone)] #[repr(C)] struct Note { pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static [Note] { Vec::leak(vec![Note { pitch: x as i32, gain: 1 }; 4]) }
#[inline(never)] fn fold(notes: &'static [Note]) -> i64 { notes.iter().map(|note| note.pitch as i64).sum() }
