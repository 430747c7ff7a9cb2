//! The default of a generic parameter changes; nobody spells the argument.
//# probe: 3 13 23 53
struct Pair<T = i32> { a: T, b: T }
#[inline(never)] fn make(x: i64) -> &'static Pair { host::keep(Pair { a: x as _, b: 3 }) }
#[inline(never)] fn fold(pair: &'static Pair) -> i64 { pair.a as i64 * 10 + pair.b as i64 }
//# after
//# expect: live, changed fold make
//# probe: 3 13 23 53
//# flight: old
struct Pair<T = i16> { a: T, b: T }
#[inline(never)] fn make(x: i64) -> &'static Pair { host::keep(Pair { a: x as _, b: 3 }) }
#[inline(never)] fn fold(pair: &'static Pair) -> i64 { pair.a as i64 * 10 + pair.b as i64 }
