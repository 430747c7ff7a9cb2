//! An alias comes to mean another type.
//# probe: 2 12 22 52
type Level = i32;
struct Note { level: Level, gain: Level }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { level: x as Level, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.level as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 12 22 52
//# flight: old
type Level = i16;
struct Note { level: Level, gain: Level }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { level: x as Level, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.level as i64 * 10 + note.gain as i64 }
