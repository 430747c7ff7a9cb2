//! A macro that implements a trait for several types.
//# probe: 101 202 303 606
trait N { fn n(&self) -> i64; }
macro_rules! all { ($($ty:ty)*) => { $(impl N for $ty { #[inline(never)] fn n(&self) -> i64 { *self as i64 + 1 } })* } }
all!(i64 u8);
pub fn probe(x: i64) -> i64 { x.n() * 100 + (x as u8).n() }
//# after
//# expect: live
//# probe: 202 303 404 707
//# flight: old
trait N { fn n(&self) -> i64; }
macro_rules! all { ($($ty:ty)*) => { $(impl N for $ty { #[inline(never)] fn n(&self) -> i64 { *self as i64 + 2 } })* } }
all!(i64 u8);
pub fn probe(x: i64) -> i64 { x.n() * 100 + (x as u8).n() }
