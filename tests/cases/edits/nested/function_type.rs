//! The parameter of a function inside of a function changes.
//# probe: 0 1 2 5
pub fn probe(x: i64) -> i64 { flight([0_u32, 1].as_mut_ptr(), x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { #[inline(never)] fn inner(x: &i32) -> i64 { *x as i64 } let y = x as i32; host::hold(gate); inner(&y) }
//# after
//# expect: live
//# probe: 0 2 4 10
//# flight: old
pub fn probe(x: i64) -> i64 { flight([0_u32, 1].as_mut_ptr(), x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { #[inline(never)] fn inner(x: &i64) -> i64 { *x >> 32 } let y = x << 33; host::hold(gate); inner(&y) }
