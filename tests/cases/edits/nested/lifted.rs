//! A function inside of a function is lifted out.
//# probe: 1 2 3 6
pub fn probe(x: i64) -> i64 { #[inline(never)] fn inner(x: i64) -> i64 { x + 1 } inner(x) }
//# after
//# expect: live, added inner
//# probe: 2 3 4 7
//# flight: old
#[inline(never)] fn inner(x: i64) -> i64 { x + 2 }
pub fn probe(x: i64) -> i64 { inner(x) }
