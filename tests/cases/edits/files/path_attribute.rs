//! A path attribute comes to name another file.
//# probe: 1 2 3 6
#[path = "one.rs"] mod notes;
pub fn probe(x: i64) -> i64 { notes::level(x) }
//# file: one.rs
#[inline(never)] pub fn level(x: i64) -> i64 { x + 1 }
//# file: two.rs
#[inline(never)] pub fn level(x: i64) -> i64 { x + 20 }
//# after
//# expect: live, changed notes::level
//# probe: 20 21 22 25
//# flight: 25
#[path = "two.rs"] mod notes;
pub fn probe(x: i64) -> i64 { notes::level(x) }
