//! A closure captures one thing more.
//# probe: 1 2 3 6
#[inline(never)] fn make(x: i64) -> Box<dyn Fn(i64) -> i64> { let a = x; Box::new(move |y| y + a) }
#[inline(never)] fn fold(f: Box<dyn Fn(i64) -> i64>) -> i64 { f(1) }
//# after
//# expect: live, changed make
//# probe: 1 12 23 56
//# flight: old
#[inline(never)] fn make(x: i64) -> Box<dyn Fn(i64) -> i64> { let a = x; let b = 10 * x; Box::new(move |y| y + a + b) }
#[inline(never)] fn fold(f: Box<dyn Fn(i64) -> i64>) -> i64 { f(1) }
