//! `Self` in a signature, of a type that changes.
//# probe: 3 13 23 53
#[derive(Clone, Copy)] #[repr(C)] struct V { a: i32, b: i32 }
impl V { #[inline(never)] fn make(x: i64) -> &'static Self { host::keep(Self { a: x as i32, b: 3 }) } #[inline(never)] fn fold(&self) -> i64 { self.a as i64 * 10 + self.b as i64 } }
pub fn probe(x: i64) -> i64 { V::make(x).fold() }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let v = V::make(x); host::hold(gate); v.fold() }
//# after
//# expect: live, changed V::fold
//# probe: 3 13 23 53
//# flight: old
#[derive(Clone, Copy)] #[repr(C)] struct V { b: i32, a: i32 }
impl V { #[inline(never)] fn make(x: i64) -> &'static Self { host::keep(Self { a: x as i32, b: 3 }) } #[inline(never)] fn fold(&self) -> i64 { self.a as i64 * 10 + self.b as i64 } }
pub fn probe(x: i64) -> i64 { V::make(x).fold() }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let v = V::make(x); host::hold(gate); v.fold() }
