//! An entry of a table that is read by index is edited.
//# probe: 1 2 3 6
static TABLE: [i64; 6] = [1, 2, 3, 4, 5, 6];
pub fn probe(x: i64) -> i64 { TABLE[x as usize % 6] }
//# after
//# expect: live, changed probe
//# probe: 1 20 3 6
//# flight: old
static TABLE: [i64; 6] = [1, 20, 3, 4, 5, 6];
pub fn probe(x: i64) -> i64 { TABLE[x as usize % 6] }
