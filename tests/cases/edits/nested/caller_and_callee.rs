//! A callee and its caller change in one edit.
//# probe: 2 4 6 12
#[inline(never)] fn inner(x: i64) -> i64 { x + 1 }
#[inline(never)] fn outer(x: i64) -> i64 { inner(x) * 2 }
pub fn probe(x: i64) -> i64 { outer(x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); outer(x) }
//# after
//# expect: live, changed inner outer
//# probe: 15 18 21 30
//# flight: old
#[inline(never)] fn inner(x: i64) -> i64 { x + 5 }
#[inline(never)] fn outer(x: i64) -> i64 { inner(x) * 3 }
pub fn probe(x: i64) -> i64 { outer(x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); outer(x) }
