//! An alias takes the name of a primitive type.
//# probe: 2 12 22 52
struct Note { level: u16, gain: u16 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { level: x as _, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.level as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 12 22 52
//# flight: old
#[allow(non_camel_case_types)] type u16 = u8;
struct Note { level: u16, gain: u16 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { level: x as _, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.level as i64 * 10 + note.gain as i64 }
