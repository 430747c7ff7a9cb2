//! The default body of a method changes.
//# probe: 5 6 7 10
trait Voice { fn pitch(&self) -> i64 { 5 } }
struct Sine; impl Voice for Sine {}
#[inline(never)] fn call(voice: &dyn Voice) -> i64 { voice.pitch() }
pub fn probe(x: i64) -> i64 { call(&Sine) + x }
//# after
//# expect: live
//# probe: 6 7 8 11
//# flight: old
trait Voice { fn pitch(&self) -> i64 { 6 } }
struct Sine; impl Voice for Sine {}
#[inline(never)] fn call(voice: &dyn Voice) -> i64 { voice.pitch() }
pub fn probe(x: i64) -> i64 { call(&Sine) + x }
