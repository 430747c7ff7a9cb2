//! A block constant in a generic function.
//# probe: 0 5 10 25
struct Of<T>(T);
impl<T> Of<T> { const N: usize = std::mem::size_of::<T>() + 1; }
#[inline(never)] fn make(x: i64) -> Vec<i64> { vec![x; const { Of::<i32>::N }] }
#[inline(never)] fn fold(all: Vec<i64>) -> i64 { all.iter().sum() }
//# after
//# expect: live, changed make
//# probe: 0 6 12 30
//# flight: old
struct Of<T>(T);
impl<T> Of<T> { const N: usize = std::mem::size_of::<T>() + 2; }
#[inline(never)] fn make(x: i64) -> Vec<i64> { vec![x; const { Of::<i32>::N }] }
#[inline(never)] fn fold(all: Vec<i64>) -> i64 { all.iter().sum() }
