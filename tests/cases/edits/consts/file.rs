//! A constant as long as the name of the module.
//# probe: 2 72 142 352
const TAPS: usize = LENGTH;
mod a { pub const LENGTH: usize = module_path!().len(); }
use a::LENGTH;
struct Delay { taps: [i32; TAPS], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Delay { host::keep(Delay { taps: [x as i32; TAPS], gain: 2 }) }
#[inline(never)] fn fold(delay: &'static Delay) -> i64 { delay.taps.iter().map(|&x| x as i64).sum::<i64>() * 10 + delay.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 122 242 602
//# flight: old
const TAPS: usize = LENGTH;
mod longer { pub const LENGTH: usize = module_path!().len(); }
use longer::LENGTH;
struct Delay { taps: [i32; TAPS], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Delay { host::keep(Delay { taps: [x as i32; TAPS], gain: 2 }) }
#[inline(never)] fn fold(delay: &'static Delay) -> i64 { delay.taps.iter().map(|&x| x as i64).sum::<i64>() * 10 + delay.gain as i64 }
