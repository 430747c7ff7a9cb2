//! The argument of a generic struct changes.
//# probe: 3 13 23 53
struct Pair<T> { a: T, b: T }
#[inline(never)] fn make(x: i64) -> &'static Pair<i32> { host::keep(Pair { a: x as i32, b: 3 }) }
#[inline(never)] fn fold(pair: &'static Pair<i32>) -> i64 { pair.a as i64 * 10 + pair.b as i64 }
//# after
//# expect: live, changed fold make
//# probe: 3 13 23 53
//# flight: old
struct Pair<T> { a: T, b: T }
#[inline(never)] fn make(x: i64) -> &'static Pair<i64> { host::keep(Pair { a: x, b: 3 }) }
#[inline(never)] fn fold(pair: &'static Pair<i64>) -> i64 { pair.a as i64 * 10 + pair.b as i64 }
