//! A `dyn` parameter instead of a generic one.
//# probe: 0 2 4 10
trait Voice { fn pitch(&self) -> i64; } struct Sine(i64);
impl Voice for Sine { fn pitch(&self) -> i64 { self.0 } }
#[inline(never)] fn call<V: Voice>(voice: &V) -> i64 { voice.pitch() * 2 }
pub fn probe(x: i64) -> i64 { call(&Sine(x)) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let sine = Sine(x); host::hold(gate); call(&sine) }
//# after
//# expect: live
//# probe: 0 3 6 15
//# flight: old
trait Voice { fn pitch(&self) -> i64; } struct Sine(i64);
impl Voice for Sine { fn pitch(&self) -> i64 { self.0 } }
#[inline(never)] fn call(voice: &dyn Voice) -> i64 { voice.pitch() * 3 }
pub fn probe(x: i64) -> i64 { call(&Sine(x)) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let sine = Sine(x); host::hold(gate); call(&sine) }
