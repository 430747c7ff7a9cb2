//! A blanket impl gives the associated type.
//# probe: 2 12 22 52
trait Word { type As; } impl<T> Word for T { type As = i16; }
struct Note { pitch: <u8 as Word>::As, gain: i16 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as _, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 12 22 52
//# flight: old
trait Word { type As; } impl<T> Word for T { type As = i64; }
struct Note { pitch: <u8 as Word>::As, gain: i16 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as _, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
