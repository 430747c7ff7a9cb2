//! The function that a handle is bound to gets other types: old handle, old code.
//# probe: 1 2 3 6
pub fn probe(x: i64) -> i64 { x + 1 }
//# after
//# expect: live, changed probe
//# probe: 2 3 4 7
//# flight: old
pub fn probe(x: i64) -> i64 { inner(x as i32) as i64 }
#[inline(never)] fn inner(x: i32) -> i32 { x + 2 }
//# after
//# expect: live, changed inner
//# probe: 3 4 5 8
//# flight: old
pub fn probe(x: i64) -> i64 { inner(x as i16) as i64 }
#[inline(never)] fn inner(x: i16) -> i16 { x + 3 }
