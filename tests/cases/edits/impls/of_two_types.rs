//! Methods of one name for two types change bodies with each other.
//# probe: 102 203 304 607
struct A(i64); struct B(i64);
impl A { #[inline(never)] fn n(&self) -> i64 { self.0 + 1 } }
impl B { #[inline(never)] fn n(&self) -> i64 { self.0 + 2 } }
pub fn probe(x: i64) -> i64 { A(x).n() * 100 + B(x).n() }
//# after
//# expect: live, changed A::n B::n
//# probe: 301 402 503 806
//# flight: 806
struct A(i64); struct B(i64);
impl A { #[inline(never)] fn n(&self) -> i64 { self.0 + 3 } }
impl B { #[inline(never)] fn n(&self) -> i64 { self.0 + 1 } }
pub fn probe(x: i64) -> i64 { A(x).n() * 100 + B(x).n() }
