//! The function behind a pointer that a call in flight holds is edited.
//# probe: 6 6 6 6
#[inline(never)] fn a(x: i64) -> i64 { x + 1 }
#[inline(never)] fn make(_: i64) -> fn(i64) -> i64 { a }
#[inline(never)] fn fold(f: fn(i64) -> i64) -> i64 { f(5) }
//# after
//# expect: live, changed a
//# probe: 105 105 105 105
//# flight: 105
#[inline(never)] fn a(x: i64) -> i64 { x + 100 }
#[inline(never)] fn make(_: i64) -> fn(i64) -> i64 { a }
#[inline(never)] fn fold(f: fn(i64) -> i64) -> i64 { f(5) }
