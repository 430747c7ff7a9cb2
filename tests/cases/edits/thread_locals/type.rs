//! The type of a thread-local changes.
//# probe: 10 10 11 13
use std::cell::Cell;
thread_local! { static COUNT: Cell<i64> = const { Cell::new(10) }; }
pub fn probe(x: i64) -> i64 { COUNT.replace(COUNT.get() + x) }
//# after
//# expect: live, changed probe
//# static: COUNT: starts anew
//# carries: COUNT
//# probe: 10 10 11 13
//# flight: 10
use std::cell::Cell;
thread_local! { static COUNT: Cell<i32> = const { Cell::new(10) }; }
pub fn probe(x: i64) -> i64 { COUNT.replace(COUNT.get() + x as i32) as i64 }
