//! An attribute of the whole file.
//# probe: 1 4 7 16
#[inline(never)] fn level(x: i64) -> i64 { x * 3 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: live, changed level
//# probe: 1 9 17 41
//# flight: 41
#![recursion_limit = "256"]
#[inline(never)] fn level(x: i64) -> i64 { x * 8 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
