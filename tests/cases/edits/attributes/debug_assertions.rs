//! Checks that only debug builds make are off, whatever the file says.
//# probe: 0 9223372036854775807 -2 9223372036854775803
pub fn probe(x: i64) -> i64 { debug_assert!(x < 3); x.wrapping_mul(i64::MAX) }
//# after
//# expect: live, changed probe
//# probe: 0 1 2 5
//# flight: old
pub fn probe(x: i64) -> i64 { debug_assert!(x < 3); x + i64::from(cfg!(debug_assertions)) }
