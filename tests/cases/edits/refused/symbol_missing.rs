//! A symbol that neither the program nor the process has.
//# probe: 1 4 7 16
#[inline(never)] fn level(x: i64) -> i64 { x * 3 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: refused: `corpus_absent_symbol`
#[inline(never)] fn level(x: i64) -> i64 { x * 3 + 1 }
pub fn probe(x: i64) -> i64 { unsafe extern "C" { fn corpus_absent_symbol(x: i64) -> i64; } level(unsafe { corpus_absent_symbol(x) }) }
//# after
//# expect: live, changed level
//# probe: 1 6 11 26
//# flight: 26
#[inline(never)] fn level(x: i64) -> i64 { x * 5 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
