//! A marker without size is added.
//# probe: 2 32 62 152
struct Note { pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 * 3, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold
//# probe: 7 37 67 157
//# flight: old
struct Note { pitch: i32, gain: i32, mark: std::marker::PhantomData<u8> }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as i32 * 3, gain: 2, mark: std::marker::PhantomData }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 + std::mem::size_of_val(&note.mark) as i64 + 5 }
