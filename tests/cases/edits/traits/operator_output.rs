//! The output type of an operator changes.
//# probe: 2 3 4 7
use std::ops::Add;
#[derive(Clone, Copy)] struct V(i32);
impl Add for V { type Output = i32; #[inline(never)] fn add(self, o: V) -> i32 { self.0 + o.0 } }
pub fn probe(x: i64) -> i64 { (V(x as i32) + V(2)) as i64 }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let v = V(x as i32); host::hold(gate); (v + V(2)) as i64 }
//# after
//# expect: live, changed V::add
//# probe: 2 3 5 9
//# flight: old
use std::ops::Add;
#[derive(Clone, Copy)] struct V(i32);
impl Add for V { type Output = f64; #[inline(never)] fn add(self, o: V) -> f64 { self.0 as f64 * 1.5 + o.0 as f64 } }
pub fn probe(x: i64) -> i64 { (V(x as i32) + V(2)) as i64 }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let v = V(x as i32); host::hold(gate); (v + V(2)) as i64 }
