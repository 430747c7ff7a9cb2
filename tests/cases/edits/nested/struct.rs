//! A struct inside of a function changes.
//# probe: 3 13 23 53
pub fn probe(x: i64) -> i64 { flight([0_u32, 1].as_mut_ptr(), x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 {
    #[repr(C)] struct Local { a: i32, b: i32 }
    #[inline(never)] fn fill(x: i64) -> &'static Local { host::keep(Local { a: x as i32, b: 3 }) }
    #[inline(never)] fn total(local: &'static Local) -> i64 { local.a as i64 * 10 + local.b as i64 }
    let local = fill(x); host::hold(gate); total(local)
}
//# after
//# expect: live
//# probe: 3 13 23 53
//# flight: old
pub fn probe(x: i64) -> i64 { flight([0_u32, 1].as_mut_ptr(), x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 {
    #[repr(C)] struct Local { b: i32, a: i32 }
    #[inline(never)] fn fill(x: i64) -> &'static Local { host::keep(Local { a: x as i32, b: 3 }) }
    #[inline(never)] fn total(local: &'static Local) -> i64 { local.a as i64 * 10 + local.b as i64 }
    let local = fill(x); host::hold(gate); total(local)
}
