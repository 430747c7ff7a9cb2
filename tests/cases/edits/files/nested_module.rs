//! A module of a module, in a folder.
//# probe: 1 2 3 6
mod notes;
pub fn probe(x: i64) -> i64 { notes::deep::level(x) }
//# file: notes.rs
pub mod deep;
//# file: notes/deep.rs
#[inline(never)] pub fn level(x: i64) -> i64 { x + 1 }
//# after
//# expect: live, changed notes::deep::level
//# probe: 3 4 5 8
//# flight: 8
mod notes;
pub fn probe(x: i64) -> i64 { notes::deep::level(x) }
//# file: notes/deep.rs
#[inline(never)] pub fn level(x: i64) -> i64 { x + 3 }
