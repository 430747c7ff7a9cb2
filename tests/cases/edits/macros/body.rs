//! The expansion of a macro changes: code only.
//# probe: 2 4 6 12
macro_rules! louder { ($x:expr) => { $x * 2 } }
pub fn probe(x: i64) -> i64 { louder!(x) + louder!(1) }
//# after
//# expect: live, changed probe
//# probe: 3 6 9 18
//# flight: old
macro_rules! louder { ($x:expr) => { $x * 3 } }
pub fn probe(x: i64) -> i64 { louder!(x) + louder!(1) }
