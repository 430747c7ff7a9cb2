//! Lint attributes and documentation.
//# probe: 1 4 7 16
#[inline(never)] fn level(x: i64) -> i64 { x * 3 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: unchanged
//# probe: 1 4 7 16
//# flight: old
#![allow(unused)]

/// How loud.
#[must_use]
#[allow(clippy::all)]
#[inline(never)]
fn level(x: i64) -> i64 { x * 3 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
