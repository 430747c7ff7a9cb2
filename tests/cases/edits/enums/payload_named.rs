//! A payload gets a name.
//# probe: 0 107 202 205
enum Wave { Sine(i32), Saw(i32), Off }
#[inline(never)] fn make(x: i64) -> &'static Wave { host::keep(match x { 0 => Wave::Off, 1 => Wave::Sine(7), _ => Wave::Saw(x as i32) }) }
#[inline(never)] fn fold(wave: &'static Wave) -> i64 { match *wave { Wave::Sine(x) => 100 + x as i64, Wave::Saw(x) => 200 + x as i64, Wave::Off => 0 } }
//# after
//# expect: live
//# probe: 0 107 302 305
//# flight: old
enum Wave { Sine(i32), Saw { rate: i32 }, Off }
#[inline(never)] fn make(x: i64) -> &'static Wave { host::keep(match x { 0 => Wave::Off, 1 => Wave::Sine(7), _ => Wave::Saw { rate: x as i32 } }) }
#[inline(never)] fn fold(wave: &'static Wave) -> i64 { match *wave { Wave::Sine(x) => 100 + x as i64, Wave::Saw { rate } => 300 + rate as i64, Wave::Off => 0 } }
