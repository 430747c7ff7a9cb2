//! A default method is overridden by an impl.
//# probe: 5 6 7 10
trait Voice { fn pitch(&self) -> i64 { 5 } }
struct Sine; impl Voice for Sine {}
#[inline(never)] fn call(voice: &dyn Voice) -> i64 { voice.pitch() }
pub fn probe(x: i64) -> i64 { call(&Sine) + x }
//# after
//# expect: live
//# probe: 50 51 52 55
//# flight: old
trait Voice { fn pitch(&self) -> i64 { 5 } }
struct Sine; impl Voice for Sine { fn pitch(&self) -> i64 { 50 } }
#[inline(never)] fn call(voice: &dyn Voice) -> i64 { voice.pitch() }
pub fn probe(x: i64) -> i64 { call(&Sine) + x }
