//! An optional reference becomes an optional number: the niche goes.
//# probe: -1 1 2 5
#[inline(never)] fn make(x: i64) -> Option<Box<i64>> { (x > 0).then(|| Box::new(x)) }
#[inline(never)] fn fold(x: Option<Box<i64>>) -> i64 { x.map_or(-1, |x| *x) }
//# after
//# expect: live, changed fold make
//# probe: -1 2 4 10
//# flight: old
#[inline(never)] fn make(x: i64) -> Option<i64> { (x > 0).then(|| x * 2) }
#[inline(never)] fn fold(x: Option<i64>) -> i64 { x.map_or(-1, |x| x) }
