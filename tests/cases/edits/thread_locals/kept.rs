//! The code around a thread-local changes.
//# probe: 10 10 11 13
use std::cell::Cell;
thread_local! { static COUNT: Cell<i64> = const { Cell::new(10) }; }
pub fn probe(x: i64) -> i64 { COUNT.replace(COUNT.get() + x) }
//# after
//# expect: live, changed probe
//# carries: COUNT
//# probe: 23 23 25 29
//# flight: 10
use std::cell::Cell;
thread_local! { static COUNT: Cell<i64> = const { Cell::new(10) }; }
pub fn probe(x: i64) -> i64 { COUNT.replace(COUNT.get() + 2 * x) }
