//! An enum with payloads takes on the layout of C.
//# probe: 7 101 102 105
enum Wave { Sine(u8), Saw(i64) }
#[inline(never)] fn make(x: i64) -> &'static Wave { host::keep(if x > 0 { Wave::Sine(x as u8) } else { Wave::Saw(7) }) }
#[inline(never)] fn fold(wave: &'static Wave) -> i64 { match *wave { Wave::Sine(x) => 100 + x as i64, Wave::Saw(x) => x } }
//# after
//# expect: live
//# probe: 7 101 102 105
//# flight: old
#[repr(C, u64)] enum Wave { Sine(u8), Saw(i64) }
#[inline(never)] fn make(x: i64) -> &'static Wave { host::keep(if x > 0 { Wave::Sine(x as u8) } else { Wave::Saw(7) }) }
#[inline(never)] fn fold(wave: &'static Wave) -> i64 { match *wave { Wave::Sine(x) => 100 + x as i64, Wave::Saw(x) => x } }
