//! A chain of iterators whose type is hidden.
//# probe: 0 0 2 20
#[inline(never)] fn notes(n: i64) -> impl Iterator<Item = i64> { (0..n).map(|x| x * 2) }
pub fn probe(x: i64) -> i64 { notes(x).sum() }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let all = notes(x); host::hold(gate); all.sum() }
//# after
//# expect: live
//# probe: 100 100 103 112
//# flight: old
#[inline(never)] fn notes(n: i64) -> impl Iterator<Item = i64> { (0..n).filter(|x| x % 2 == 1).map(|x| x * 3).chain([100]) }
pub fn probe(x: i64) -> i64 { notes(x).sum() }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let all = notes(x); host::hold(gate); all.sum() }
