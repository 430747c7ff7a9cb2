//! Names of parameters are no part of a signature.
//# probe: 3 13 23 53
#[inline(never)] fn mix(a: i64, b: i64) -> i64 { a * 10 + b }
pub fn probe(x: i64) -> i64 { mix(x, 3) }
//# after
//# expect: unchanged
//# probe: 3 13 23 53
//# flight: old
#[inline(never)] fn mix(c: i64, d: i64) -> i64 { c * 10 + d }
pub fn probe(x: i64) -> i64 { mix(x, 3) }
//# after
//# expect: live, changed mix
//# probe: 30 31 32 35
//# flight: 35
#[inline(never)] fn mix(c: i64, d: i64) -> i64 { d * 10 + c }
pub fn probe(x: i64) -> i64 { mix(x, 3) }
