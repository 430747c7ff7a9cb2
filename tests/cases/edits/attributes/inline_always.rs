//! A function comes to be inlined everywhere, and back.
//# probe: 1 4 7 16
#[inline(never)] fn level(x: i64) -> i64 { x * 3 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: live
//# probe: 1 5 9 21
//# flight: old
#[inline(always)] fn level(x: i64) -> i64 { x * 4 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: live
//# probe: 1 6 11 26
//# flight: old
#[inline(never)] fn level(x: i64) -> i64 { x * 5 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
