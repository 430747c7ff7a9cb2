//! A method of a trait returns `impl Trait`: hidden types.
//# probe: 0 0 1 10
trait Source { fn all(&self) -> impl Iterator<Item = i64>; }
struct A(i64); impl Source for A { fn all(&self) -> impl Iterator<Item = i64> { 0..self.0 } }
#[inline(never)] fn total<S: Source>(s: &S) -> i64 { s.all().sum() }
pub fn probe(x: i64) -> i64 { total(&A(x)) }
//# after
//# expect: live
//# probe: 100 101 103 115
//# flight: old
trait Source { fn all(&self) -> impl Iterator<Item = i64>; }
struct A(i64); impl Source for A { fn all(&self) -> impl Iterator<Item = i64> { (0..self.0).chain([100, self.0]) } }
#[inline(never)] fn total<S: Source>(s: &S) -> i64 { s.all().sum() }
pub fn probe(x: i64) -> i64 { total(&A(x)) }
