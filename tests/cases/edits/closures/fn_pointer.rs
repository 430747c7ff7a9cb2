//! A closure without captures is a function pointer in a table.
//# probe: 1 2 3 10
#[inline(never)] fn table() -> [fn(i64) -> i64; 2] { [|x| x + 1, |x| x * 2] }
pub fn probe(x: i64) -> i64 { table()[x as usize % 2](x) }
//# after
//# expect: live
//# probe: 1 20 3 100
//# flight: 100
#[inline(never)] fn table() -> [fn(i64) -> i64; 2] { [|x| x + 1, |x| x * 20] }
pub fn probe(x: i64) -> i64 { table()[x as usize % 2](x) }
