//! Two parameters of different types change places.
//# probe: 3 13 23 53
#[inline(never)] fn mix(a: i64, b: &i64) -> i64 { a * 10 + *b }
pub fn probe(x: i64) -> i64 { mix(x, &3) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let three = 3; host::hold(gate); mix(x, &three) }
//# after
//# expect: live, changed mix
//# probe: 4 14 24 54
//# flight: old
#[inline(never)] fn mix(b: &i64, a: i64) -> i64 { a * 10 + *b }
pub fn probe(x: i64) -> i64 { mix(&4, x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let three = 3; host::hold(gate); mix(&three, x) }
