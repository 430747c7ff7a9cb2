//! An enum becomes a struct of the same name.
//# probe: -1 1 2 5
enum Wave { On(i32), Off }
#[inline(never)] fn make(x: i64) -> &'static Wave { host::keep(if x > 0 { Wave::On(x as i32) } else { Wave::Off }) }
#[inline(never)] fn fold(wave: &'static Wave) -> i64 { match *wave { Wave::On(x) => x as i64, Wave::Off => -1 } }
//# after
//# expect: live, changed fold make
//# probe: -2 2 4 10
//# flight: old
struct Wave { level: i32, on: bool }
#[inline(never)] fn make(x: i64) -> &'static Wave { host::keep(Wave { level: x as i32, on: x > 0 }) }
#[inline(never)] fn fold(wave: &'static Wave) -> i64 { if wave.on { wave.level as i64 * 2 } else { -2 } }
