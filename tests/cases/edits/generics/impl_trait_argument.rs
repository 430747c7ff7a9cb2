//! A parameter `impl Trait` instead of a named one.
//# probe: 1 2 2 2
#[inline(never)] fn show<T: std::fmt::Display>(x: T) -> i64 { x.to_string().len() as i64 }
pub fn probe(x: i64) -> i64 { show(x * 10) }
//# after
//# expect: live
//# probe: 6 7 7 7
//# flight: old
#[inline(never)] fn show(x: impl std::fmt::Display) -> i64 { x.to_string().len() as i64 + 5 }
pub fn probe(x: i64) -> i64 { show(x * 10) }
