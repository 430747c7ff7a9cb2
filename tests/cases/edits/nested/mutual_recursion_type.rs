//! Two functions that call each other get another type between them.
//# probe: 1 0 1 0
#[inline(never)] fn even(x: i64) -> i64 { if x == 0 { 1 } else { odd(x - 1) } }
#[inline(never)] fn odd(x: i64) -> i64 { if x == 0 { 0 } else { even(x - 1) } }
pub fn probe(x: i64) -> i64 { even(x) }
//# after
//# expect: live, changed even odd
//# probe: 1 7 1 7
//# flight: old
#[inline(never)] fn even(x: i64) -> i64 { if x == 0 { 1 } else { odd(x as i16 - 1) } }
#[inline(never)] fn odd(x: i16) -> i64 { if x == 0 { 7 } else { even(x as i64 - 1) } }
pub fn probe(x: i64) -> i64 { even(x) }
