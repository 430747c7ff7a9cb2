//! A parameter `impl Fn` becomes `&dyn Fn`.
//# probe: 0 2 4 10
#[inline(never)] fn call(f: impl Fn(i64) -> i64) -> i64 { f(2) }
pub fn probe(x: i64) -> i64 { call(|y| x * y) }
//# after
//# expect: live
//# probe: 1 3 5 11
//# flight: old
#[inline(never)] fn call(f: &dyn Fn(i64) -> i64) -> i64 { f(2) }
pub fn probe(x: i64) -> i64 { call(&|y| x * y + 1) }
