//! The payload of a variant is widened.
//# probe: 0 107 202 205
enum Wave { Sine(i32), Saw(i32), Off }
#[inline(never)] fn make(x: i64) -> &'static Wave { host::keep(match x { 0 => Wave::Off, 1 => Wave::Sine(7), _ => Wave::Saw(x as i32) }) }
#[inline(never)] fn fold(wave: &'static Wave) -> i64 { match *wave { Wave::Sine(x) => 100 + x as i64, Wave::Saw(x) => 200 + x as i64, Wave::Off => 0 } }
//# after
//# expect: live, changed fold make
//# probe: 0 107 204 210
//# flight: old
enum Wave { Sine(i32), Saw(i64), Off }
#[inline(never)] fn make(x: i64) -> &'static Wave { host::keep(match x { 0 => Wave::Off, 1 => Wave::Sine(7), _ => Wave::Saw(x << 33) }) }
#[inline(never)] fn fold(wave: &'static Wave) -> i64 { match *wave { Wave::Sine(x) => 100 + x as i64, Wave::Saw(x) => 200 + (x >> 32), Wave::Off => 0 } }
