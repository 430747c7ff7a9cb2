//! A macro that expands for ever.
//# probe: 1 4 7 16
#[inline(never)] fn level(x: i64) -> i64 { x * 3 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: refused: live.rs:1:
macro_rules! m { ($a:expr) => { m!($a + 1) } }
#[inline(never)] fn level(x: i64) -> i64 { m!(x) + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: live, changed level
//# probe: 1 6 11 26
//# flight: 26
#[inline(never)] fn level(x: i64) -> i64 { x * 5 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
