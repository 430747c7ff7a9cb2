//! A constant argument is an expression in braces.
//# probe: 0 2 4 10
struct Taps<const N: usize> { all: [i32; N] }
#[inline(never)] fn make(x: i64) -> &'static Taps<{ 1 + 1 }> { host::keep(Taps { all: [x as i32; 2] }) }
#[inline(never)] fn fold(taps: &'static Taps<{ 1 + 1 }>) -> i64 { taps.all.iter().map(|&x| x as i64).sum() }
//# after
//# expect: live, changed fold make
//# probe: 0 4 8 20
//# flight: old
struct Taps<const N: usize> { all: [i32; N] }
#[inline(never)] fn make(x: i64) -> &'static Taps<{ 1 + 3 }> { host::keep(Taps { all: [x as i32; 4] }) }
#[inline(never)] fn fold(taps: &'static Taps<{ 1 + 3 }>) -> i64 { taps.all.iter().map(|&x| x as i64).sum() }
