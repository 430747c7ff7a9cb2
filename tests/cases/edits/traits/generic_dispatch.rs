//! A trait is implemented for another type; a generic function gets a new instance.
//# probe: 0 1 2 5
trait Voice { fn pitch(&self) -> i64; }
impl Voice for i64 { fn pitch(&self) -> i64 { *self } }
#[inline(never)] fn call<V: Voice>(v: V) -> i64 { v.pitch() }
pub fn probe(x: i64) -> i64 { call(x) }
//# after
//# expect: live, added call::<u8>
//# probe: 0 50 100 250
//# flight: old
trait Voice { fn pitch(&self) -> i64; }
impl Voice for i64 { fn pitch(&self) -> i64 { *self } }
impl Voice for u8 { fn pitch(&self) -> i64 { *self as i64 * 50 } }
#[inline(never)] fn call<V: Voice>(v: V) -> i64 { v.pitch() }
pub fn probe(x: i64) -> i64 { call(x as u8) }
