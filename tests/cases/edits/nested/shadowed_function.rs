//! An inner function hides an outer one of the same name.
//# probe: 1 2 3 6
#[inline(never)] fn level(x: i64) -> i64 { x + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: live, added probe::level
//# probe: 100 101 102 105
//# flight: old
#[inline(never)] fn level(x: i64) -> i64 { x + 1 }
pub fn probe(x: i64) -> i64 { #[inline(never)] fn level(x: i64) -> i64 { x + 100 } level(x) }
