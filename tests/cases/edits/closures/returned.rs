//! What a function that returns `impl Fn` captures changes: a hidden type.
//# probe: 1 2 3 6
#[inline(never)] fn make(x: i64) -> impl Fn(i64) -> i64 { let a = x as i32; move |y| y + a as i64 }
#[inline(never)] fn fold(f: impl Fn(i64) -> i64) -> i64 { f(1) }
pub fn probe(x: i64) -> i64 { fold(make(x)) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let f = make(x); host::hold(gate); fold(f) }
//# after
//# expect: live, changed make
//# probe: 1 11 21 51
//# flight: old
#[inline(never)] fn make(x: i64) -> impl Fn(i64) -> i64 { let a = [x; 4]; move |y| y + a[3] * 10 }
#[inline(never)] fn fold(f: impl Fn(i64) -> i64) -> i64 { f(1) }
pub fn probe(x: i64) -> i64 { fold(make(x)) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let f = make(x); host::hold(gate); fold(f) }
