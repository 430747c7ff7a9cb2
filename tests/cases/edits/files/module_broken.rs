//! An error in a module file names that file.
//# probe: 1 2 3 6
mod notes;
pub fn probe(x: i64) -> i64 { notes::level(x) }
//# file: notes.rs
#[inline(never)] pub fn level(x: i64) -> i64 { x + 1 }
//# after
//# expect: refused: notes.rs:2
mod notes;
pub fn probe(x: i64) -> i64 { notes::level(x) }
//# file: notes.rs
pub fn level(x: i64) -> i64 {
    x + y
}
//# after
//# expect: live, changed notes::level
//# probe: 5 6 7 10
//# flight: 10
mod notes;
pub fn probe(x: i64) -> i64 { notes::level(x) }
//# file: notes.rs
#[inline(never)] pub fn level(x: i64) -> i64 { x + 5 }
