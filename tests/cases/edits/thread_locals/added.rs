//! A second thread-local is added beside the first.
//# probe: 10 10 11 13
use std::cell::Cell;
thread_local! { static COUNT: Cell<i64> = const { Cell::new(10) }; }
pub fn probe(x: i64) -> i64 { COUNT.replace(COUNT.get() + x) }
//# after
//# expect: live, changed probe
//# carries: COUNT
//# probe: 1023 1023 1024 1026
//# flight: 10
use std::cell::Cell;
thread_local! { static COUNT: Cell<i64> = const { Cell::new(10) }; static MORE: Cell<i64> = const { Cell::new(1000) }; }
pub fn probe(x: i64) -> i64 { COUNT.replace(COUNT.get() + x) + MORE.get() }
