//! Two functions that call each other.
//# probe: 1 0 1 0
#[inline(never)] fn even(x: i64) -> i64 { if x == 0 { 1 } else { odd(x - 1) } }
#[inline(never)] fn odd(x: i64) -> i64 { if x == 0 { 0 } else { even(x - 1) } }
pub fn probe(x: i64) -> i64 { even(x) }
//# after
//# expect: live, changed even odd
//# probe: 10 20 10 20
//# flight: old
#[inline(never)] fn even(x: i64) -> i64 { if x == 0 { 10 } else { odd(x - 1) } }
#[inline(never)] fn odd(x: i64) -> i64 { if x == 0 { 20 } else { even(x - 1) } }
pub fn probe(x: i64) -> i64 { even(x) }
//# after
//# expect: live, changed odd
//# probe: 10 30 10 30
//# flight: 30
#[inline(never)] fn even(x: i64) -> i64 { if x == 0 { 10 } else { odd(x - 1) } }
#[inline(never)] fn odd(x: i64) -> i64 { if x == 0 { 30 } else { even(x - 1) } }
pub fn probe(x: i64) -> i64 { even(x) }
