//! A `static mut` behind unsafe code.
//# probe: 7 0 1 2
static mut LAST: i64 = 7;
#[inline(never)] fn swap(x: i64) -> i64 { unsafe { let old = LAST; LAST = x; old } }
pub fn probe(x: i64) -> i64 { swap(x) }
//# after
//# expect: live, changed swap
//# carries: LAST
//# probe: 10 0 2 4
//# flight: old
static mut LAST: i64 = 7;
#[inline(never)] fn swap(x: i64) -> i64 { unsafe { let old = LAST; LAST = x * 2; old } }
pub fn probe(x: i64) -> i64 { swap(x) }
