//! A file that becomes empty: handles go on calling what was.
//# probe: 1 4 7 16
#[inline(never)] fn level(x: i64) -> i64 { x * 3 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: live, removed level probe
//# probe: 1 4 7 16
//# flight: old
// nothing
//# after
//# expect: live, added level probe
//# probe: 1 7 13 31
//# flight: old
#[inline(never)] fn level(x: i64) -> i64 { x * 6 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
