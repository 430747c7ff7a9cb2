//! A wrapper becomes transparent.
//# probe: 0 2 4 10
struct Hertz(f32);
#[inline(never)] fn make(x: i64) -> Hertz { Hertz(x as f32) }
#[inline(never)] fn fold(x: Hertz) -> i64 { x.0 as i64 * 2 }
//# after
//# expect: live
//# probe: 0 3 6 15
//# flight: old
#[repr(transparent)] struct Hertz(f32);
#[inline(never)] fn make(x: i64) -> Hertz { Hertz(x as f32) }
#[inline(never)] fn fold(x: Hertz) -> i64 { x.0 as i64 * 3 }
