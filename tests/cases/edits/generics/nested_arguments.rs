//! An argument within an argument within an argument.
//# probe: 6 36 66 156
#[derive(Clone)] struct Tone { pitch: i32, gain: i32 }
#[inline(never)] fn make(x: i64) -> Option<Result<Vec<Tone>, String>> { Some(Ok(vec![Tone { pitch: x as i32, gain: 2 }; 3])) }
#[inline(never)] fn fold(all: Option<Result<Vec<Tone>, String>>) -> i64 { all.unwrap().unwrap().iter().map(|t| t.pitch as i64 * 10 + t.gain as i64).sum() }
//# after
//# expect: live, changed fold make
//# probe: 6 36 66 156
//# flight: old
#[derive(Clone)] struct Tone { gain: i32, pitch: i64 }
#[inline(never)] fn make(x: i64) -> Option<Result<Vec<Tone>, String>> { Some(Ok(vec![Tone { pitch: x, gain: 2 }; 3])) }
#[inline(never)] fn fold(all: Option<Result<Vec<Tone>, String>>) -> i64 { all.unwrap().unwrap().iter().map(|t| t.pitch as i64 * 10 + t.gain as i64).sum() }
