//! A variable hides another one of the same name.
//# probe: 1 2 3 6
pub fn probe(x: i64) -> i64 { let y = x + 1; y }
//# after
//# expect: live, changed probe
//# probe: 10 20 30 60
//# flight: old
pub fn probe(x: i64) -> i64 { let y = x + 1; let y = y * 10; y }
