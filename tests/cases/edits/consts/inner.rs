//! A constant inside of a function, which is the length of a type there.
//# probe: 0 3 6 15
pub fn probe(x: i64) -> i64 {
    const N: usize = 3;
    struct Local { all: [i64; N] }
    #[inline(never)] fn fill(x: i64) -> Box<Local> { Box::new(Local { all: [x; N] }) }
    #[inline(never)] fn total(local: Box<Local>) -> i64 { local.all.iter().sum() }
    total(fill(x))
}
//# after
//# expect: live
//# probe: 0 8 16 40
//# flight: old
pub fn probe(x: i64) -> i64 {
    const N: usize = 8;
    struct Local { all: [i64; N] }
    #[inline(never)] fn fill(x: i64) -> Box<Local> { Box::new(Local { all: [x; N] }) }
    #[inline(never)] fn total(local: Box<Local>) -> i64 { local.all.iter().sum() }
    total(fill(x))
}
