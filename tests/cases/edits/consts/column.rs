//! A constant that is the column it stands in.
//# probe: 2 212 422 1052
const TAPS: usize = column!() as usize;
struct Delay { taps: [i32; TAPS], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Delay { host::keep(Delay { taps: [x as i32; TAPS], gain: 2 }) }
#[inline(never)] fn fold(delay: &'static Delay) -> i64 { delay.taps.iter().map(|&x| x as i64).sum::<i64>() * 10 + delay.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 232 462 1152
//# flight: old
const TAPS: usize =   column!() as usize;
struct Delay { taps: [i32; TAPS], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Delay { host::keep(Delay { taps: [x as i32; TAPS], gain: 2 }) }
#[inline(never)] fn fold(delay: &'static Delay) -> i64 { delay.taps.iter().map(|&x| x as i64).sum::<i64>() * 10 + delay.gain as i64 }
