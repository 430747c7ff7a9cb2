//! A closure goes to a generic function as its parameter.
//# probe: 0 0 1 10
#[inline(never)] fn each<F: FnMut(i64)>(n: i64, mut f: F) { for i in 0..n { f(i) } }
pub fn probe(x: i64) -> i64 { let mut sum = 0; each(x, |i| sum += i); sum }
//# after
//# expect: live
//# probe: 0 1 3 35
//# flight: old
#[inline(never)] fn each<F: FnMut(i64)>(n: i64, mut f: F) { for i in 0..n { f(i) } }
pub fn probe(x: i64) -> i64 { let mut sum = 0; each(x, |i| sum += i * i + 1); sum }
