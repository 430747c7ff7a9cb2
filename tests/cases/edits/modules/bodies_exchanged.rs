//! Two modules exchange the bodies of their functions.
//# probe: 1000 2010 3020 6050
mod a { #[inline(never)] pub fn n(x: i64) -> i64 { x + 1 } }
mod b { #[inline(never)] pub fn n(x: i64) -> i64 { x * 10 } }
pub fn probe(x: i64) -> i64 { a::n(x) * 1000 + b::n(x) }
//# after
//# expect: live, changed a::n b::n
//# probe: 1 10002 20003 50006
//# flight: 50006
mod a { #[inline(never)] pub fn n(x: i64) -> i64 { x * 10 } }
mod b { #[inline(never)] pub fn n(x: i64) -> i64 { x + 1 } }
pub fn probe(x: i64) -> i64 { a::n(x) * 1000 + b::n(x) }
