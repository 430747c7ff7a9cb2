//! A module and its function become private to the crate.
//# probe: 1 2 3 6
mod a { #[inline(never)] pub fn n(x: i64) -> i64 { x + 1 } }
mod b { #[inline(never)] pub fn n(x: i64) -> i64 { x * 10 } }
use a::n;
pub fn probe(x: i64) -> i64 { n(x) }
//# after
//# expect: unchanged
//# probe: 1 2 3 6
//# flight: old
pub(crate) mod a { #[inline(never)] pub(crate) fn n(x: i64) -> i64 { x + 1 } }
mod b { #[inline(never)] pub fn n(x: i64) -> i64 { x * 10 } }
use a::n;
pub fn probe(x: i64) -> i64 { n(x) }
