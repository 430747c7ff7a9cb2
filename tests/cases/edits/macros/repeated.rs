//! Repetitions over the arguments of a macro.
//# probe: 3 4 5 8
macro_rules! sum { ($($x:expr),*) => { 0 $(+ $x)* } }
pub fn probe(x: i64) -> i64 { sum!(x, 1, 2) }
//# after
//# expect: live, changed probe
//# probe: 3 5 7 13
//# flight: old
macro_rules! sum { ($($x:expr),*) => { 0 $(+ $x)* } }
pub fn probe(x: i64) -> i64 { sum!(x, 1, 2, x) }
