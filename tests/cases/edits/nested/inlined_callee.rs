//! A callee that is inlined changes: its callers do.
//# probe: 2 4 6 12
#[inline(always)] fn inner(x: i64) -> i64 { x + 1 }
#[inline(never)] fn outer(x: i64) -> i64 { inner(x) * 2 }
pub fn probe(x: i64) -> i64 { outer(x) }
//# after
//# expect: live, changed outer
//# probe: 10 12 14 20
//# flight: 20
#[inline(always)] fn inner(x: i64) -> i64 { x + 5 }
#[inline(never)] fn outer(x: i64) -> i64 { inner(x) * 2 }
pub fn probe(x: i64) -> i64 { outer(x) }
