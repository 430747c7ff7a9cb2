//! A String becomes a &str: three words become two.
//# probe: 0 2 4 10
#[inline(never)] fn make(x: i64) -> String { "ab".repeat(x as usize) }
#[inline(never)] fn fold(text: String) -> i64 { text.len() as i64 }
//# after
//# expect: live, changed fold make
//# probe: 0 10 30 30
//# flight: old
#[inline(never)] fn make(x: i64) -> &'static str { ["", "a", "abc"][(x as usize).min(2)] }
#[inline(never)] fn fold(text: &'static str) -> i64 { 10 * text.len() as i64 }
