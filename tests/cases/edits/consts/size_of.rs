//! An array as long as another type is large.
//# probe: 2 42 82 202
const TAPS: usize = std::mem::size_of::<Word>();
#[allow(dead_code)] struct Word(u32);
struct Delay { taps: [i32; TAPS], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Delay { host::keep(Delay { taps: [x as i32; TAPS], gain: 2 }) }
#[inline(never)] fn fold(delay: &'static Delay) -> i64 { delay.taps.iter().map(|&x| x as i64).sum::<i64>() * 10 + delay.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 82 162 402
//# flight: old
const TAPS: usize = std::mem::size_of::<Word>();
#[allow(dead_code)] struct Word(u64);
struct Delay { taps: [i32; TAPS], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Delay { host::keep(Delay { taps: [x as i32; TAPS], gain: 2 }) }
#[inline(never)] fn fold(delay: &'static Delay) -> i64 { delay.taps.iter().map(|&x| x as i64).sum::<i64>() * 10 + delay.gain as i64 }
