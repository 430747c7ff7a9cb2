//! A method of a generic type is added to one instance.
//# probe: 0 1 2 5
struct Cell2<T>(T);
impl Cell2<i32> { #[inline(never)] fn n(&self) -> i64 { self.0 as i64 } }
pub fn probe(x: i64) -> i64 { Cell2(x as i32).n() }
//# after
//# expect: live
//# probe: 0 101 202 505
//# flight: old
struct Cell2<T>(T);
impl Cell2<i32> { #[inline(never)] fn n(&self) -> i64 { self.0 as i64 } }
impl Cell2<u8> { #[inline(never)] fn n(&self) -> i64 { self.0 as i64 * 100 } }
pub fn probe(x: i64) -> i64 { Cell2(x as i32).n() + Cell2(x as u8).n() }
