//! A function inside of a function changes.
//# probe: 1 2 3 6
pub fn probe(x: i64) -> i64 { #[inline(never)] fn inner(x: i64) -> i64 { x + 1 } inner(x) }
//# after
//# expect: live, changed probe::inner
//# probe: 2 3 4 7
//# flight: 7
pub fn probe(x: i64) -> i64 { #[inline(never)] fn inner(x: i64) -> i64 { x + 2 } inner(x) }
