//! The body of a generic function changes: all its instances.
//# probe: 0 6 12 30
#[inline(never)] fn show<T: Into<i64>>(x: T) -> i64 { x.into() * 2 }
pub fn probe(x: i64) -> i64 { show(x) + show(x as i32) + show(x as u8) }
//# after
//# expect: live, changed show::<i32> show::<i64>
//# probe: 0 9 18 45
//# flight: 45
#[inline(never)] fn show<T: Into<i64>>(x: T) -> i64 { x.into() * 3 }
pub fn probe(x: i64) -> i64 { show(x) + show(x as i32) + show(x as u8) }
