//! The argument of a constant parameter changes.
//# probe: 0 2 4 10
struct Taps<const N: usize> { all: [i32; N] }
#[inline(never)] fn make(x: i64) -> &'static Taps<2> { host::keep(Taps { all: [x as i32; 2] }) }
#[inline(never)] fn fold(taps: &'static Taps<2>) -> i64 { taps.all.iter().map(|&x| x as i64).sum() }
//# after
//# expect: live, changed fold make
//# probe: 0 7 14 35
//# flight: old
struct Taps<const N: usize> { all: [i32; N] }
#[inline(never)] fn make(x: i64) -> &'static Taps<7> { host::keep(Taps { all: [x as i32; 7] }) }
#[inline(never)] fn fold(taps: &'static Taps<7>) -> i64 { taps.all.iter().map(|&x| x as i64).sum() }
