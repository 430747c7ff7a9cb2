//! The default of a constant parameter is a constant of the file.
//# probe: 2 22 42 102
const SIZE: usize = 2;
struct Taps<const N: usize = SIZE> { all: [i32; N], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Taps { host::keep(Taps { all: [x as i32; SIZE], gain: 2 }) }
#[inline(never)] fn fold(taps: &'static Taps) -> i64 { taps.all.iter().map(|&x| x as i64).sum::<i64>() * 10 + taps.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 62 122 302
//# flight: old
const SIZE: usize = 6;
struct Taps<const N: usize = SIZE> { all: [i32; N], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Taps { host::keep(Taps { all: [x as i32; SIZE], gain: 2 }) }
#[inline(never)] fn fold(taps: &'static Taps) -> i64 { taps.all.iter().map(|&x| x as i64).sum::<i64>() * 10 + taps.gain as i64 }
