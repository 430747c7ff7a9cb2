//! An import brings another function of the same name.
//# probe: 1 2 3 6
mod a { #[inline(never)] pub fn n(x: i64) -> i64 { x + 1 } }
mod b { #[inline(never)] pub fn n(x: i64) -> i64 { x * 10 } }
use a::n;
pub fn probe(x: i64) -> i64 { n(x) }
//# after
//# expect: live, changed probe
//# probe: 0 10 20 50
//# flight: old
mod a { #[inline(never)] pub fn n(x: i64) -> i64 { x + 1 } }
mod b { #[inline(never)] pub fn n(x: i64) -> i64 { x * 10 } }
use b::n;
pub fn probe(x: i64) -> i64 { n(x) }
