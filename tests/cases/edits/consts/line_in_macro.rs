//! The line is hidden in a macro.
//# probe: 2 22 42 102
macro_rules! here { () => { line!() as usize } }
const TAPS: usize = here!();
struct Delay { taps: [i32; TAPS], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Delay { host::keep(Delay { taps: [x as i32; TAPS], gain: 2 }) }
#[inline(never)] fn fold(delay: &'static Delay) -> i64 { delay.taps.iter().map(|&x| x as i64).sum::<i64>() * 10 + delay.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 32 62 152
//# flight: old
macro_rules! here { () => { line!() as usize } }
// one more line
const TAPS: usize = here!();
struct Delay { taps: [i32; TAPS], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Delay { host::keep(Delay { taps: [x as i32; TAPS], gain: 2 }) }
#[inline(never)] fn fold(delay: &'static Delay) -> i64 { delay.taps.iter().map(|&x| x as i64).sum::<i64>() * 10 + delay.gain as i64 }
