//! A constant changes its type, and with it which instance is called.
//# probe: 4 5 6 9
const STEP: i32 = -1;
#[inline(never)] fn size<T: Copy>(x: T) -> i64 { std::hint::black_box(std::mem::size_of_val(&x)) as i64 }
pub fn probe(x: i64) -> i64 { size(STEP) + x }
//# after
//# expect: live, added size::<i64>, removed size::<i32>
//# probe: 8 9 10 13
//# flight: old
const STEP: i64 = -1;
#[inline(never)] fn size<T: Copy>(x: T) -> i64 { std::hint::black_box(std::mem::size_of_val(&x)) as i64 }
pub fn probe(x: i64) -> i64 { size(STEP) + x }
