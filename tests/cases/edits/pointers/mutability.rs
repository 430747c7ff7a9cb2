//! A pointer becomes one to change through.
//# probe: 0 1 2 5
#[inline(never)] fn make(x: i64) -> *const i64 { host::keep(x) }
#[inline(never)] fn fold(at: *const i64) -> i64 { unsafe { *at } }
//# after
//# expect: live, changed fold
//# probe: 50 51 52 55
//# flight: old
#[inline(never)] fn make(x: i64) -> *mut i64 { Box::leak(Box::new(x)) }
#[inline(never)] fn fold(at: *mut i64) -> i64 { unsafe { *at += 50; *at } }
