//! The last of a chain of five changes.
//# probe: 3 5 7 13
#[inline(never)] fn a(x: i64) -> i64 { b(x) + 1 } #[inline(never)] fn b(x: i64) -> i64 { c(x) + 1 } #[inline(never)] fn c(x: i64) -> i64 { d(x) + 1 } #[inline(never)] fn d(x: i64) -> i64 { x * 2 }
pub fn probe(x: i64) -> i64 { a(x) }
//# after
//# expect: live, changed d
//# probe: 3 6 9 18
//# flight: 18
#[inline(never)] fn a(x: i64) -> i64 { b(x) + 1 } #[inline(never)] fn b(x: i64) -> i64 { c(x) + 1 } #[inline(never)] fn c(x: i64) -> i64 { d(x) + 1 } #[inline(never)] fn d(x: i64) -> i64 { x * 3 }
pub fn probe(x: i64) -> i64 { a(x) }
