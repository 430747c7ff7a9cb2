//! A function moves into a module and is called there.
//# probe: 1 2 3 6
#[inline(never)] fn level(x: i64) -> i64 { x + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: live, changed probe, added inner::level, removed level
//# probe: 2 3 4 7
//# flight: old
mod inner { #[inline(never)] pub fn level(x: i64) -> i64 { x + 2 } }
pub fn probe(x: i64) -> i64 { inner::level(x) }
