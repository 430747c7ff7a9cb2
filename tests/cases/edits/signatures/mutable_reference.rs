//! A shared reference becomes an exclusive one.
//# probe: 1 2 3 6
#[inline(never)] fn bump(x: &i64) -> i64 { *x + 1 }
pub fn probe(x: i64) -> i64 { let y = x; bump(&y) }
//# after
//# expect: live, changed bump
//# probe: 10 12 14 20
//# flight: old
#[inline(never)] fn bump(x: &mut i64) -> i64 { *x += 5; *x }
pub fn probe(x: i64) -> i64 { let mut y = x; bump(&mut y) + y }
