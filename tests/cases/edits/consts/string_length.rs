//! An array as long as a text.
//# probe: 2 42 82 202
const TAPS: usize = NAME.len();
const NAME: &str = "sine";
struct Delay { taps: [i32; TAPS], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Delay { host::keep(Delay { taps: [x as i32; TAPS], gain: 2 }) }
#[inline(never)] fn fold(delay: &'static Delay) -> i64 { delay.taps.iter().map(|&x| x as i64).sum::<i64>() * 10 + delay.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 62 122 302
//# flight: old
const TAPS: usize = NAME.len();
const NAME: &str = "square";
struct Delay { taps: [i32; TAPS], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Delay { host::keep(Delay { taps: [x as i32; TAPS], gain: 2 }) }
#[inline(never)] fn fold(delay: &'static Delay) -> i64 { delay.taps.iter().map(|&x| x as i64).sum::<i64>() * 10 + delay.gain as i64 }
