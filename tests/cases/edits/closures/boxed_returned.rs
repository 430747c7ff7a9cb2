//! A hidden type behind a box: the code of the caller stays.
//# probe: 107 117 127 157
#[inline(never)] fn make(x: i64) -> Box<impl Fn(i64) -> i64> { let (a, b) = (x as i32, 7_i32); Box::new(move |y| y * 100 + a as i64 * 10 + b as i64) }
#[inline(never)] fn fold<F: Fn(i64) -> i64>(f: Box<F>) -> i64 { f(1) }
pub fn probe(x: i64) -> i64 { fold(make(x)) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let f = make(x); host::hold(gate); fold(f) }
//# after
//# expect: live, changed make
//# probe: 108 118 128 158
//# flight: old
#[inline(never)] fn make(x: i64) -> Box<impl Fn(i64) -> i64> { let (a, b) = (x as i64, 8_i64); Box::new(move |y| y * 100 + a as i64 * 10 + b as i64) }
#[inline(never)] fn fold<F: Fn(i64) -> i64>(f: Box<F>) -> i64 { f(1) }
pub fn probe(x: i64) -> i64 { fold(make(x)) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let f = make(x); host::hold(gate); fold(f) }
