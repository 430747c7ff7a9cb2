//! The initial value of a static that can change is edited: it keeps the value that it has.
//# probe: 10 11 13 18
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
static COUNT: AtomicI64 = AtomicI64::new(10);
pub fn probe(x: i64) -> i64 { COUNT.fetch_add(x, Relaxed) + x }
//# after
//# expect: unchanged
//# static: COUNT: keeps
//# carries: COUNT
//# probe: 28 29 31 36
//# flight: 28
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
static COUNT: AtomicI64 = AtomicI64::new(50);
pub fn probe(x: i64) -> i64 { COUNT.fetch_add(x, Relaxed) + x }
