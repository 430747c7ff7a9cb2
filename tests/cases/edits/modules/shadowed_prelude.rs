//! A type of the file takes a name of the prelude.
//# probe: 0 1 2 5
#[inline(never)] fn make(x: i64) -> Option<i64> { Some(x) }
#[inline(never)] fn fold(x: Option<i64>) -> i64 { x.unwrap_or(0) }
//# after
//# expect: live
//# probe: -9 -9 2 5
//# flight: old
#[repr(C)] struct Option<T> { value: T, some: bool }
#[inline(never)] fn make(x: i64) -> Option<i64> { Option { value: x, some: x > 1 } }
#[inline(never)] fn fold(x: Option<i64>) -> i64 { if x.some { x.value } else { -9 } }
