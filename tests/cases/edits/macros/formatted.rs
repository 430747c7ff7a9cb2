//! The arguments of format!.
//# probe: 7 8 8 8
pub fn probe(x: i64) -> i64 { format!("{x} and {}", x * 10).len() as i64 }
//# after
//# expect: live, changed probe
//# probe: 12 13 13 13
//# flight: old
pub fn probe(x: i64) -> i64 { format!("{x:>5} then {:?}", x * 10).len() as i64 }
