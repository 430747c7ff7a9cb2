//! The code around a static changes: the static keeps its value.
//# probe: 10 11 13 18
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
static COUNT: AtomicI64 = AtomicI64::new(10);
pub fn probe(x: i64) -> i64 { COUNT.fetch_add(x, Relaxed) + x }
//# after
//# expect: live, changed probe
//# carries: COUNT
//# probe: 1028 1029 1031 1036
//# flight: 28
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
static COUNT: AtomicI64 = AtomicI64::new(10);
pub fn probe(x: i64) -> i64 { COUNT.fetch_add(x, Relaxed) + x + 1000 }
