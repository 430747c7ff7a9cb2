//! A nameless constant that checks something at compile time.
//# probe: 3 4 5 8
const N: usize = 3;
const _: () = assert!(N < 5, "N is too large");
pub fn probe(x: i64) -> i64 { x + N as i64 }
//# after
//# expect: refused: live.rs:2:
const N: usize = 7;
const _: () = assert!(N < 5, "N is too large");
pub fn probe(x: i64) -> i64 { x + N as i64 }
//# after
//# expect: live, changed probe
//# probe: 4 5 6 9
//# flight: old
const N: usize = 4;
const _: () = assert!(N < 5, "N is too large");
pub fn probe(x: i64) -> i64 { x + N as i64 }
