//! A function comes to panic for some.
//# probe: 1 2 3 6
#[inline(never)] fn level(x: i64) -> i64 { x + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: live, changed level
//# probe: 2 3 panic 7
//# flight: 7
#[inline(never)] fn level(x: i64) -> i64 { if x == 2 { panic!("two") } x + 2 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: live, changed level
//# probe: 3 4 5 8
//# flight: 8
#[inline(never)] fn level(x: i64) -> i64 { x + 3 }
pub fn probe(x: i64) -> i64 { level(x) }
