//! A constant of a trait, given by an impl.
//# probe: 2 42 82 202
trait Sized2 { const TAPS: usize; } struct Size; impl Sized2 for Size { const TAPS: usize = 4; }
struct Delay { taps: [i32; <Size as Sized2>::TAPS], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Delay { host::keep(Delay { taps: [x as i32; <Size as Sized2>::TAPS], gain: 2 }) }
#[inline(never)] fn fold(delay: &'static Delay) -> i64 { delay.taps.iter().map(|&x| x as i64).sum::<i64>() * 10 + delay.gain as i64 }
//# after
//# expect: live, changed fold make
//# probe: 2 52 102 252
//# flight: old
trait Sized2 { const TAPS: usize; } struct Size; impl Sized2 for Size { const TAPS: usize = 5; }
struct Delay { taps: [i32; <Size as Sized2>::TAPS], gain: i32 }
#[inline(never)] fn make(x: i64) -> &'static Delay { host::keep(Delay { taps: [x as i32; <Size as Sized2>::TAPS], gain: 2 }) }
#[inline(never)] fn fold(delay: &'static Delay) -> i64 { delay.taps.iter().map(|&x| x as i64).sum::<i64>() * 10 + delay.gain as i64 }
