//! A condition inside of an expression.
//# probe: 10 11 12 15
pub fn probe(x: i64) -> i64 { if cfg!(windows) { x } else { x + 10 } }
//# after
//# expect: live, changed probe
//# probe: 0 1 2 5
//# flight: old
pub fn probe(x: i64) -> i64 { if cfg!(unix) { x } else { x + 10 } }
