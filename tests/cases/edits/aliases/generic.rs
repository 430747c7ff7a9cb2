//! An alias with a parameter.
//# probe: 2 12 22 52
type Pair2<T> = (T, T);
#[inline(never)] fn make(x: i64) -> &'static Pair2<i32> { host::keep((x as i32, 2)) }
#[inline(never)] fn fold(pair: &'static Pair2<i32>) -> i64 { pair.0 as i64 * 10 + pair.1 as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 12 22 52
//# flight: old
type Pair2<T> = (T, T, T);
#[inline(never)] fn make(x: i64) -> &'static Pair2<i32> { host::keep((1, x as i32, 2)) }
#[inline(never)] fn fold(pair: &'static Pair2<i32>) -> i64 { pair.1 as i64 * 10 + pair.2 as i64 }
