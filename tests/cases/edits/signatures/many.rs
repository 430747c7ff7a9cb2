//! More parameters than registers, then fewer.
//# probe: 112 121 130 157
#[inline(never)] fn sum(a: i64, b: i64, c: i64, d: i64, e: i64, f: i64, g: i64, h: i64) -> i64 { a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h }
pub fn probe(x: i64) -> i64 { sum(x, 1, 2, 3, 4, 5, 6, x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); sum(x, 1, 2, 3, 4, 5, 6, x) }
//# after
//# expect: live, changed sum
//# probe: 112 122 132 162
//# flight: old
#[inline(never)] fn sum(a: i64, b: i64, c: i64, d: i64, e: i64, f: i64, g: i32, h: i8) -> i64 { a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g as i64 + 9 * h as i64 }
pub fn probe(x: i64) -> i64 { sum(x, 1, 2, 3, 4, 5, 6, x as i8) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); sum(x, 1, 2, 3, 4, 5, 6, x as i8) }
//# after
//# expect: live, changed sum
//# probe: 70 71 72 75
//# flight: old
#[inline(never)] fn sum(a: i64, b: i64, c: i64, d: i64, e: i64, f: i64) -> i64 { a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f }
pub fn probe(x: i64) -> i64 { sum(x, 1, 2, 3, 4, 5) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); sum(x, 1, 2, 3, 4, 5) }
