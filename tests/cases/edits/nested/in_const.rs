//! A function inside of the block of a constant.
//# probe: 0 5 10 25
const N: i64 = { const fn inner(x: i64) -> i64 { x + 1 } inner(4) };
pub fn probe(x: i64) -> i64 { x * N }
//# after
//# expect: live, changed probe
//# probe: 0 6 12 30
//# flight: old
const N: i64 = { const fn inner(x: i64) -> i64 { x + 2 } inner(4) };
pub fn probe(x: i64) -> i64 { x * N }
