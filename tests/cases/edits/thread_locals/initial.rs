//! The initial value is edited: threads that have one keep it, new ones do not.
//# probe: 10 10 11 13
use std::cell::Cell;
thread_local! { static COUNT: Cell<i64> = const { Cell::new(10) }; }
pub fn probe(x: i64) -> i64 { COUNT.replace(COUNT.get() + x) }
//# after
//# expect: unchanged
//# static: COUNT: keeps
//# carries: COUNT
//# probe: 23 23 24 26
//# flight: 10
use std::cell::Cell;
thread_local! { static COUNT: Cell<i64> = const { Cell::new(77) }; }
pub fn probe(x: i64) -> i64 { COUNT.replace(COUNT.get() + x) }
