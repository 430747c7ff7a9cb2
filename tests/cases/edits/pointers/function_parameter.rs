//! A function pointer type gets another parameter.
//# probe: 6 6 6 6
#[inline(never)] fn level(x: i64) -> i64 { x + 1 }
#[inline(never)] fn make(_: i64) -> fn(i64) -> i64 { level }
#[inline(never)] fn fold(f: fn(i64) -> i64) -> i64 { f(5) }
//# after
//# expect: live, changed fold
//# probe: 75 75 75 75
//# flight: old
#[inline(never)] fn level(x: i64, by: i64) -> i64 { x + by }
#[inline(never)] fn make(_: i64) -> fn(i64, i64) -> i64 { level }
#[inline(never)] fn fold(f: fn(i64, i64) -> i64) -> i64 { f(5, 70) }
