//! An alias of an alias in a module.
//# probe: 2 12 22 52
mod units { pub type Hertz = Raw; type Raw = f32; }
struct Note { level: units::Hertz, gain: units::Hertz }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { level: x as _, gain: 2 as _ }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.level as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 12 22 52
//# flight: old
mod units { pub type Hertz = Raw; type Raw = f64; }
struct Note { level: units::Hertz, gain: units::Hertz }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { level: x as _, gain: 2 as _ }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.level as i64 * 10 + note.gain as i64 }
