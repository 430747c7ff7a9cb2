//! A module file becomes a module inside of the file.
//# probe: 1 2 3 6
mod notes;
pub fn probe(x: i64) -> i64 { notes::level(x) }
//# file: notes.rs
#[inline(never)] pub fn level(x: i64) -> i64 { x + 1 }
//# after
//# expect: live, changed notes::level
//# probe: 2 3 4 7
//# flight: old
mod notes { #[inline(never)] pub fn level(x: i64) -> i64 { x + 2 } }
pub fn probe(x: i64) -> i64 { notes::level(x) }
