//! The constant that is an argument changes its value.
//# probe: 0 2 4 10
const COUNT: usize = 2;
struct Taps<const N: usize> { all: [i32; N] }
#[inline(never)] fn make(x: i64) -> &'static Taps<COUNT> { host::keep(Taps { all: [x as i32; COUNT] }) }
#[inline(never)] fn fold(taps: &'static Taps<COUNT>) -> i64 { taps.all.iter().map(|&x| x as i64).sum() }
//# after
//# expect: live, changed fold make
//# probe: 0 9 18 45
//# flight: old
const COUNT: usize = 9;
struct Taps<const N: usize> { all: [i32; N] }
#[inline(never)] fn make(x: i64) -> &'static Taps<COUNT> { host::keep(Taps { all: [x as i32; COUNT] }) }
#[inline(never)] fn fold(taps: &'static Taps<COUNT>) -> i64 { taps.all.iter().map(|&x| x as i64).sum() }
