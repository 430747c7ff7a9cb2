//! An alias is written out.
//# probe: 0 2 4 10
type Level = i32;
#[inline(never)] fn scale(x: Level) -> i64 { x as i64 * 2 }
pub fn probe(x: i64) -> i64 { scale(x as i32) }
//# after
//# expect: live
//# probe: 0 2 4 10
//# flight: old
#[inline(never)] fn scale(x: i32) -> i64 { x as i64 * 2 }
pub fn probe(x: i64) -> i64 { scale(x as i32) }
