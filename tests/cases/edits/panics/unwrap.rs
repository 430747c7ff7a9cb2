//! A value that is missing for some.
//# probe: 1 2 3 6
pub fn probe(x: i64) -> i64 { x.checked_add(1).unwrap() }
//# after
//# expect: live, changed probe
//# probe: 0 panic 2 1
//# flight: old
pub fn probe(x: i64) -> i64 { x.checked_div(x - 1).unwrap() }
