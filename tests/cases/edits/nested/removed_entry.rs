//! The entry point that a handle is bound to is removed: the handle goes on calling what was.
//# probe: 1 2 3 6
#[inline(never)] pub fn level(x: i64) -> i64 { x + 1 }
pub fn probe(x: i64) -> i64 { level(x) }
//# after
//# expect: live, removed probe
//# probe: 1 2 3 6
//# flight: old
#[inline(never)] pub fn level(x: i64) -> i64 { x + 1 }
pub fn other(x: i64) -> i64 { level(x) }
