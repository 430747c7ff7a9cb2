//! A macro in the place of a parameter type.
//# probe: 0 2 4 10
macro_rules! word { () => { i32 } }
#[inline(never)] fn scale(x: word!()) -> i64 { x as i64 * 2 }
pub fn probe(x: i64) -> i64 { scale(x as _) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); scale((x << 33 | x) as _) }
//# after
//# expect: live, changed scale
//# probe: 0 2 4 10
//# flight: old
macro_rules! word { () => { i64 } }
#[inline(never)] fn scale(x: word!()) -> i64 { x as i64 * 2 }
pub fn probe(x: i64) -> i64 { scale(x as _) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); scale((x << 33 | x) as _) }
