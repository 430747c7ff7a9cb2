//! A parameter is added behind the first.
//# probe: 2 24 46 112
#[inline(never)] fn scale(x: i32) -> i32 { x * 2 }
#[inline(never)] fn twice(x: i32) -> i64 { scale(x) as i64 * 10 + scale(x + 1) as i64 }
pub fn probe(x: i64) -> i64 { twice(x as i32) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); twice(x as i32) }
//# after
//# expect: live, changed scale
//# probe: 5 40 75 180
//# flight: old
#[inline(never)] fn scale(x: i32, by: i32) -> i32 { x * by }
#[inline(never)] fn twice(x: i32) -> i64 { scale(x, 3) as i64 * 10 + scale(x + 1, 5) as i64 }
pub fn probe(x: i64) -> i64 { twice(x as i32) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); twice(x as i32) }
