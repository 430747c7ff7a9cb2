//! A function that calls itself gets a parameter.
//# probe: 0 1 3 15
#[inline(never)] fn down(x: i64) -> i64 { if x == 0 { 0 } else { down(x - 1) + x } }
pub fn probe(x: i64) -> i64 { down(x) }
//# after
//# expect: live, changed down
//# probe: 0 1 3 51
//# flight: old
#[inline(never)] fn down(x: i64, by: i32) -> i64 { if x == 0 { 0 } else { down(x - 1, by + 1) * by as i64 + x } }
pub fn probe(x: i64) -> i64 { down(x, 1) }
