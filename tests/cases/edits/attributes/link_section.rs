//! A function asks for a section of its own.
//# probe: 1 4 7 16
#[inline(never)] fn level(x: i64) -> i64 { x * 3 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: live
//# probe: 1 9 17 41
//# flight: old
#[unsafe(link_section = ".text.mine")] #[inline(never)] fn level(x: i64) -> i64 { x * 8 + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
