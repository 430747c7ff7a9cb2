//! A variant is added in front of the others.
//# probe: 0 107 202 205
enum Wave { Sine(i32), Saw(i32), Off }
#[inline(never)] fn make(x: i64) -> &'static Wave { host::keep(match x { 0 => Wave::Off, 1 => Wave::Sine(7), _ => Wave::Saw(x as i32) }) }
#[inline(never)] fn fold(wave: &'static Wave) -> i64 { match *wave { Wave::Sine(x) => 100 + x as i64, Wave::Saw(x) => 200 + x as i64, Wave::Off => 0 } }
//# after
//# expect: live, changed fold make
//# probe: -1 107 202 205
//# flight: old
enum Wave { Noise, Sine(i32), Saw(i32), Off }
#[inline(never)] fn make(x: i64) -> &'static Wave { host::keep(match x { 0 => Wave::Noise, 1 => Wave::Sine(7), _ => Wave::Saw(x as i32) }) }
#[inline(never)] fn fold(wave: &'static Wave) -> i64 { match *wave { Wave::Noise => -1, Wave::Sine(x) => 100 + x as i64, Wave::Saw(x) => 200 + x as i64, Wave::Off => 0 } }
