//! Two impl blocks for two arguments change places.
//# probe: 12 23 34 67
struct W<T>(T);
impl W<i32> { #[inline(never)] fn n(&self) -> i64 { self.0 as i64 + 1 } }
impl W<i64> { #[inline(never)] fn n(&self) -> i64 { self.0 + 2 } }
#[inline(never)] fn make(x: i64) -> i64 { x }
#[inline(never)] fn fold(x: i64) -> i64 { W(x as i32).n() * 10 + W(x).n() }
//# after
//# expect: live
//# probe: 43 54 65 98
//# flight: old
struct W<T>(T);
impl W<i64> { #[inline(never)] fn n(&self) -> i64 { self.0 + 3 } }
impl W<i32> { #[inline(never)] fn n(&self) -> i64 { self.0 as i64 + 4 } }
#[inline(never)] fn make(x: i64) -> i64 { x }
#[inline(never)] fn fold(x: i64) -> i64 { W(x as i32).n() * 10 + W(x).n() }
