//! Two exclusive borrows of one value.
//# probe: 1 4 7 16
#[inline(never)] fn level(x: i64) -> i64 { x * 3 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: refused: live.rs:2:
#[inline(never)] fn level(x: i64) -> i64 { x * 3 + 1 }
pub fn probe(x: i64) -> i64 { let mut a = x; let (b, c) = (&mut a, &mut a); *b += 1; *c += 1; level(a) }
//# after
//# expect: live, changed level
//# probe: 1 6 11 26
//# flight: 26
#[inline(never)] fn level(x: i64) -> i64 { x * 5 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
