//! A module file that is not there.
//# probe: 0 1 2 5
pub fn probe(x: i64) -> i64 { x }
//# after
//# expect: refused: live.rs:1
mod absent;
pub fn probe(x: i64) -> i64 { x }
