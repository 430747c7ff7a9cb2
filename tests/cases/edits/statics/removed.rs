//! A static is removed and comes back with the value that it had.
//# probe: 10 11 13 18
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
static COUNT: AtomicI64 = AtomicI64::new(10);
pub fn probe(x: i64) -> i64 { COUNT.fetch_add(x, Relaxed) + x }
//# after
//# expect: live, changed probe
//# carries: COUNT
//# probe: 0 1 2 5
//# flight: 28
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
pub fn probe(x: i64) -> i64 { AtomicI64::new(x).load(Relaxed) }
//# after
//# expect: live, changed probe
//# carries: COUNT
//# probe: 28 29 31 36
//# flight: old
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
static COUNT: AtomicI64 = AtomicI64::new(10);
pub fn probe(x: i64) -> i64 { COUNT.fetch_add(x, Relaxed) + x }
