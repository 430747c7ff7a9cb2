//! Floats that cross in vector registers.
//# probe: 0 2 4 10
use std::arch::x86_64::*;
#[inline(never)] fn make(x: i64) -> f64 { x as f64 * 0.5 }
#[inline(never)] fn fold(x: f64) -> i64 { (x * 4.0) as i64 }
//# after
//# expect: live, changed fold make
//# probe: 0 2 4 10
//# flight: old
use std::arch::x86_64::*;
#[inline(never)] fn make(x: i64) -> __m128 { unsafe { _mm_set1_ps(x as f32) } }
#[inline(never)] fn fold(x: __m128) -> i64 { unsafe { _mm_cvtss_f32(_mm_add_ps(x, x)) as i64 } }
