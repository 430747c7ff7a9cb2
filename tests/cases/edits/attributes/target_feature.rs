//! A function is compiled for more of the processor.
//# probe: 0 1 1 2
#[inline(never)] fn ones(x: i64) -> i64 { x.count_ones() as i64 }
pub fn probe(x: i64) -> i64 { ones(x) }
//# after
//# expect: live
//# probe: 0 2 2 4
//# flight: old
#[target_feature(enable = "popcnt")] #[inline(never)] unsafe fn ones(x: i64) -> i64 { x.count_ones() as i64 * 2 }
pub fn probe(x: i64) -> i64 { unsafe { ones(x) } }
