//! The functions in a table change places.
//# probe: 1 10 3 50
#[inline(never)] fn a(x: i64) -> i64 { x + 1 }
#[inline(never)] fn b(x: i64) -> i64 { x * 10 }
static TABLE: [fn(i64) -> i64; 2] = [a, b];
pub fn probe(x: i64) -> i64 { TABLE[x as usize % 2](x) }
//# after
//# expect: live, changed probe
//# probe: 0 2 20 6
//# flight: old
#[inline(never)] fn a(x: i64) -> i64 { x + 1 }
#[inline(never)] fn b(x: i64) -> i64 { x * 10 }
static TABLE: [fn(i64) -> i64; 2] = [b, a];
pub fn probe(x: i64) -> i64 { TABLE[x as usize % 2](x) }
