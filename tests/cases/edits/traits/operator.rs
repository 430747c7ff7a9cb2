//! An operator of a type of the file.
//# probe: 204 304 404 704
use std::ops::Add;
#[derive(Clone, Copy)] struct V(i32, i32);
impl Add for V { type Output = V; #[inline(never)] fn add(self, o: V) -> V { V(self.0 + o.0, self.1 + o.1) } }
#[inline(never)] fn make(x: i64) -> V { V(x as i32, 1) + V(2, 3) }
#[inline(never)] fn fold(v: V) -> i64 { v.0 as i64 * 100 + v.1 as i64 }
//# after
//# expect: live, changed V::add
//# probe: 198 298 398 698
//# flight: old
use std::ops::Add;
#[derive(Clone, Copy)] struct V(i32, i32);
impl Add for V { type Output = V; #[inline(never)] fn add(self, o: V) -> V { V(self.0 + o.0, self.1 - o.1) } }
#[inline(never)] fn make(x: i64) -> V { V(x as i32, 1) + V(2, 3) }
#[inline(never)] fn fold(v: V) -> i64 { v.0 as i64 * 100 + v.1 as i64 }
