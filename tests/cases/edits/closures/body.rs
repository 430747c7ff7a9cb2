//! The body of a closure inside of a function changes.
//# probe: 1 2 3 6
#[inline(never)] fn apply(f: &dyn Fn(i64) -> i64, x: i64) -> i64 { f(x) }
pub fn probe(x: i64) -> i64 { apply(&|y| y + 1, x) }
//# after
//# expect: live, changed probe
//# probe: 2 3 4 7
//# flight: old
#[inline(never)] fn apply(f: &dyn Fn(i64) -> i64, x: i64) -> i64 { f(x) }
pub fn probe(x: i64) -> i64 { apply(&|y| y + 2, x) }
