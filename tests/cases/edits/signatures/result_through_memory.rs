//! A result that fitted into registers is returned through memory.
//# probe: 1 3 5 11
#[inline(never)] fn make(x: i64) -> [i64; 2] { [x, x + 1] }
#[inline(never)] fn fold(all: [i64; 2]) -> i64 { all.iter().sum() }
//# after
//# expect: live, changed fold make
//# probe: 0 5 10 25
//# flight: old
#[inline(never)] fn make(x: i64) -> [i64; 5] { [x; 5] }
#[inline(never)] fn fold(all: [i64; 5]) -> i64 { all.iter().sum() }
