//! The type of a static changes: it starts anew, and old code keeps the old one.
//# probe: 10 11 13 18
use std::sync::atomic::{AtomicI32, AtomicI64, Ordering::Relaxed};
static COUNT: AtomicI32 = AtomicI32::new(10);
pub fn probe(x: i64) -> i64 { COUNT.fetch_add(x as i32, Relaxed) as i64 + x }
#[allow(dead_code)] fn unused(_: &AtomicI64) {}
//# after
//# expect: live, changed probe
//# static: COUNT: starts anew
//# carries: COUNT
//# probe: 500 501 503 508
//# flight: 28
use std::sync::atomic::{AtomicI32, AtomicI64, Ordering::Relaxed};
static COUNT: AtomicI64 = AtomicI64::new(500);
pub fn probe(x: i64) -> i64 { COUNT.fetch_add(x, Relaxed) + x }
#[allow(dead_code)] fn unused(_: &AtomicI64) {}
