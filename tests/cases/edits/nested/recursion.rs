//! A function that calls itself.
//# probe: 0 1 1 5
#[inline(never)] fn fib(x: i64) -> i64 { if x < 2 { x } else { fib(x - 1) + fib(x - 2) } }
pub fn probe(x: i64) -> i64 { fib(x) }
//# after
//# expect: live, changed fib
//# probe: 0 1 2 29
//# flight: old
#[inline(never)] fn fib(x: i64) -> i64 { if x < 2 { x } else { fib(x - 1) * 2 + fib(x - 2) } }
pub fn probe(x: i64) -> i64 { fib(x) }
