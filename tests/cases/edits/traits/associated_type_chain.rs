//! An associated type of an associated type.
//# probe: 2 12 22 52
trait A { type B: B; } trait B { type C; }
struct One; struct Two; impl A for One { type B = Two; } impl B for Two { type C = i32; }
struct Note { pitch: <<One as A>::B as B>::C, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as _, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 12 22 52
//# flight: old
trait A { type B: B; } trait B { type C; }
struct One; struct Two; impl A for One { type B = Two; } impl B for Two { type C = f64; }
struct Note { pitch: <<One as A>::B as B>::C, gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: x as _, gain: 2 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.pitch as i64 * 10 + note.gain as i64 }
