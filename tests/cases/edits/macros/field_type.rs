//! A macro in the place of a field type.
//# probe: 2 12 22 52
macro_rules! word { () => { i32 } }
struct Note { pitch: word!(), gain: word!() }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as _, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 12 22 52
//# flight: old
macro_rules! word { () => { i16 } }
struct Note { pitch: word!(), gain: word!() }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as _, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
