//! An associated type, reached through a trait, changes.
//# probe: 2 12 22 52
trait Voice { type Level: Copy; fn level(&self, x: i64) -> Self::Level; }
struct Sine; impl Voice for Sine { type Level = i32; fn level(&self, x: i64) -> i32 { x as i32 } }
struct Note<V: Voice> { level: V::Level, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note<Sine> { host::keep(Note { level: Sine.level(x), gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note<Sine>) -> i64 { note.level as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 12 22 52
//# flight: old
trait Voice { type Level: Copy; fn level(&self, x: i64) -> Self::Level; }
struct Sine; impl Voice for Sine { type Level = i64; fn level(&self, x: i64) -> i64 { x << 33 | x } }
struct Note<V: Voice> { level: V::Level, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note<Sine> { host::keep(Note { level: Sine.level(x), gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note<Sine>) -> i64 { (note.level >> 33) * 10 + note.gain as i64 }
