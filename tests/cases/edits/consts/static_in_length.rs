//! A constant reads a static.
//# probe: 2 32 62 152
const TAPS: usize = unsafe_free();
static WIDTHS: [u8; 3] = [1, 2, 3];
const fn unsafe_free() -> usize { WIDTHS[2] as usize }
struct Delay { taps: [i32; TAPS], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Delay { host::keep(Delay { taps: [x as i32; TAPS], gain: 2 }) }
#[inline(never)] fn fold(delay: &'static Delay) -> i64 { delay.taps.iter().map(|&x| x as i64).sum::<i64>() * 10 + delay.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 72 142 352
//# flight: old
const TAPS: usize = unsafe_free();
static WIDTHS: [u8; 3] = [1, 2, 7];
const fn unsafe_free() -> usize { WIDTHS[2] as usize }
struct Delay { taps: [i32; TAPS], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Delay { host::keep(Delay { taps: [x as i32; TAPS], gain: 2 }) }
#[inline(never)] fn fold(delay: &'static Delay) -> i64 { delay.taps.iter().map(|&x| x as i64).sum::<i64>() * 10 + delay.gain as i64 }
