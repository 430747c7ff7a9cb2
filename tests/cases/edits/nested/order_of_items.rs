//! All items change places: nothing to do.
//# probe: 1 3 5 11
#[inline(never)] fn a(x: i64) -> i64 { b(x) + 1 }
#[inline(never)] fn b(x: i64) -> i64 { x * 2 }
struct Note(#[allow(dead_code)] i64);
pub fn probe(x: i64) -> i64 { a(Note(x).0) }
//# after
//# expect: unchanged
//# probe: 1 3 5 11
//# flight: old
pub fn probe(x: i64) -> i64 { a(Note(x).0) }
struct Note(#[allow(dead_code)] i64);
#[inline(never)] fn b(x: i64) -> i64 { x * 2 }
#[inline(never)] fn a(x: i64) -> i64 { b(x) + 1 }
