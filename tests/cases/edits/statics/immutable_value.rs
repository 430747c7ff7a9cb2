//! The value of a static that cannot change is edited.
//# probe: 0 3 6 15
static LEVEL: i64 = 3;
pub fn probe(x: i64) -> i64 { x * LEVEL }
//# after
//# expect: live, changed probe
//# probe: 0 4 8 20
//# flight: old
static LEVEL: i64 = 4;
pub fn probe(x: i64) -> i64 { x * LEVEL }
