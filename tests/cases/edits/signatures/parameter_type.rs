//! A parameter becomes wider; callers two levels up.
//# probe: 2 24 46 112
#[inline(never)] fn scale(x: i32) -> i32 { x * 2 }
#[inline(never)] fn twice(x: i32) -> i64 { scale(x) as i64 * 10 + scale(x + 1) as i64 }
pub fn probe(x: i64) -> i64 { twice(x as i32) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); twice(x as i32) }
//# after
//# expect: live, changed scale
//# probe: 2 164 326 812
//# flight: old
#[inline(never)] fn scale(x: i64) -> i64 { x * 2 }
#[inline(never)] fn twice(x: i32) -> i64 { scale((x as i64) << 3) * 10 + scale(x as i64 + 1) }
pub fn probe(x: i64) -> i64 { twice(x as i32) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); twice(x as i32) }
