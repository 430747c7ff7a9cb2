//! A bound on a generic function changes; it calls another trait.
//# probe: 1 2 3 6
trait A { fn n(&self) -> i64; } trait B { fn n(&self) -> i64; }
impl A for i64 { fn n(&self) -> i64 { *self + 1 } } impl B for i64 { fn n(&self) -> i64 { *self + 2 } }
#[inline(never)] fn call<T: A>(x: T) -> i64 { x.n() }
pub fn probe(x: i64) -> i64 { call(x) }
//# after
//# expect: live, changed call::<i64>
//# probe: 2 3 4 7
//# flight: old
trait A { fn n(&self) -> i64; } trait B { fn n(&self) -> i64; }
impl A for i64 { fn n(&self) -> i64 { *self + 1 } } impl B for i64 { fn n(&self) -> i64 { *self + 2 } }
#[inline(never)] fn call<T: B>(x: T) -> i64 { x.n() }
pub fn probe(x: i64) -> i64 { call(x) }
