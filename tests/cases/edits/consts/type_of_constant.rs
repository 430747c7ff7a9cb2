//! The type of a constant changes, its value does not.
//# probe: 7 8 9 12
const LEVEL: i32 = 3;
pub fn probe(x: i64) -> i64 { std::mem::size_of_val(&LEVEL) as i64 + x + LEVEL as i64 }
//# after
//# expect: live, changed probe
//# probe: 4 5 6 9
//# flight: old
const LEVEL: u8 = 3;
pub fn probe(x: i64) -> i64 { std::mem::size_of_val(&LEVEL) as i64 + x + LEVEL as i64 }
