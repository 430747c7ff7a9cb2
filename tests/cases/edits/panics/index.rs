//! An index that is out of range for some.
//# probe: 1 2 3 6
pub fn probe(x: i64) -> i64 { [1, 2, 3, 4, 5, 6][x as usize] }
//# after
//# expect: live, changed probe
//# probe: 7 8 9 panic
//# flight: old
pub fn probe(x: i64) -> i64 { [7, 8, 9][x as usize] }
