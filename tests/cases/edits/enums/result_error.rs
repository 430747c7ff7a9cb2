//! The error type of a Result grows.
//# probe: -1 -1 2 5
enum Why { Small }
#[inline(never)] fn make(x: i64) -> Result<i32, Why> { if x < 2 { Err(Why::Small) } else { Ok(x as i32) } }
#[inline(never)] fn fold(x: Result<i32, Why>) -> i64 { match x { Ok(x) => x as i64, Err(Why::Small) => -1 } }
//# after
//# expect: live, changed fold make
//# probe: -10 -11 2 5
//# flight: old
enum Why { Small(i64) }
#[inline(never)] fn make(x: i64) -> Result<i32, Why> { if x < 2 { Err(Why::Small(x)) } else { Ok(x as i32) } }
#[inline(never)] fn fold(x: Result<i32, Why>) -> i64 { match x { Ok(x) => x as i64, Err(Why::Small(by)) => -10 - by } }
