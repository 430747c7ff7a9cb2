//! A function is marked cold; its results stay.
//# probe: 1 4 7 16
#[inline(never)] fn level(x: i64) -> i64 { x * 3 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: live
//# probe: 1 5 9 21
//# flight: 21
#[inline(never)] #[cold] fn level(x: i64) -> i64 { x * 4 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
