//! A parameter type is written by another name of the same type.
//# probe: 2 24 46 112
#[inline(never)] fn scale(x: i32) -> i32 { x * 2 }
#[inline(never)] fn twice(x: i32) -> i64 { scale(x) as i64 * 10 + scale(x + 1) as i64 }
pub fn probe(x: i64) -> i64 { twice(x as i32) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); twice(x as i32) }
type Level = i32;
//# after
//# expect: live
//# probe: 4 48 92 224
//# flight: old
#[inline(never)] fn scale(x: Level) -> i32 { x * 4 }
#[inline(never)] fn twice(x: i32) -> i64 { scale(x) as i64 * 10 + scale(x + 1) as i64 }
pub fn probe(x: i64) -> i64 { twice(x as i32) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); twice(x as i32) }
type Level = i32;
//# after
//# expect: live
//# probe: 4 48 92 224
//# flight: old
#[inline(never)] fn scale(x: i32) -> i32 { x * 4 }
#[inline(never)] fn twice(x: i32) -> i64 { scale(x) as i64 * 10 + scale(x + 1) as i64 }
pub fn probe(x: i64) -> i64 { twice(x as i32) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); twice(x as i32) }
type Level = i32;
