//! An expression in an included file, inside of a function.
//# probe: 0 3 6 15
pub fn probe(x: i64) -> i64 { x * include!("level.in") }
//# file: level.in
3
//# after
//# expect: live, changed probe
//# probe: 0 7 14 35
//# flight: old
pub fn probe(x: i64) -> i64 { x * include!("level.in") }
//# file: level.in
7
