//! An impl block inside of a function.
//# probe: 0 2 4 10
struct Note(i64);
pub fn probe(x: i64) -> i64 { impl Note { #[inline(never)] fn level(&self) -> i64 { self.0 * 2 } } Note(x).level() }
//# after
//# expect: live
//# probe: 0 3 6 15
//# flight: 15
struct Note(i64);
pub fn probe(x: i64) -> i64 { impl Note { #[inline(never)] fn level(&self) -> i64 { self.0 * 3 } } Note(x).level() }
