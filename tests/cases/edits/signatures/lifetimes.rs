//! Lifetimes get names; nothing else changes.
//# probe: 0 1 0 1
#[inline(never)] fn longer(a: &str) -> &str { a.trim_start() }
pub fn probe(x: i64) -> i64 { longer(["", " a", "  ", "bc"][x as usize % 4]).len() as i64 }
//# after
//# expect: live
//# probe: 0 1 0 1
//# flight: old
#[inline(never)] fn longer<'text>(a: &'text str) -> &'text str { a.trim_start() }
pub fn probe(x: i64) -> i64 { longer(["", " a", "  ", "bc"][x as usize % 4]).len() as i64 }
