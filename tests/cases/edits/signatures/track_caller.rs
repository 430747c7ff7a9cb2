//! A function learns who calls it: a parameter that nobody sees.
//# probe: 0 100 200 500
#[inline(never)] fn line(x: i64) -> i64 { x * 100 }
pub fn probe(x: i64) -> i64 { line(x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); line(x) }
//# after
//# expect: live, changed line
//# probe: 2 102 202 502
//# flight: old
#[track_caller] #[inline(never)] fn line(x: i64) -> i64 { x * 100 + std::panic::Location::caller().line() as i64 }
pub fn probe(x: i64) -> i64 { line(x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); line(x) }
//# after
//# expect: live, changed line
//# probe: 1 101 201 501
//# flight: old
#[inline(never)] fn line(x: i64) -> i64 { x * 100 + std::panic::Location::caller().line() as i64 }
pub fn probe(x: i64) -> i64 { line(x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { host::hold(gate); line(x) }
