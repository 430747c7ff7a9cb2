//! A static inside of a function.
//# probe: 1 1 2 4
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
pub fn probe(x: i64) -> i64 { static COUNT: AtomicI64 = AtomicI64::new(1); COUNT.fetch_add(x, Relaxed) }
//# after
//# expect: live, changed probe
//# carries: COUNT
//# probe: 1900 1900 2000 2200
//# flight: 14
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
pub fn probe(x: i64) -> i64 { static COUNT: AtomicI64 = AtomicI64::new(1); COUNT.fetch_add(x, Relaxed) * 100 }
