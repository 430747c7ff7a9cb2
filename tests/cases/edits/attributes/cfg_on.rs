//! What a condition leaves out comes in.
//# probe: 1 4 7 16
#[inline(never)] fn level(x: i64) -> i64 { x * 3 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: live, changed level
//# probe: 0 6 12 30
//# flight: old
#[cfg(windows)] #[inline(never)] fn level(x: i64) -> i64 { x * 5 }
#[cfg(not(windows))] #[inline(never)] fn level(x: i64) -> i64 { x * 6 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: live, changed level
//# probe: 0 5 10 25
//# flight: old
#[cfg(unix)] #[inline(never)] fn level(x: i64) -> i64 { x * 5 }
#[cfg(not(unix))] #[inline(never)] fn level(x: i64) -> i64 { x * 6 }
pub fn probe(x: i64) -> i64 { level(x) }
