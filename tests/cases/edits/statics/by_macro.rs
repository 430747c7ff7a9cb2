//! A static that a macro declares, and a type elsewhere that changes: its own cannot be told.
//# probe: 1 1 2 4
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
macro_rules! counter { ($name:ident) => { static $name: AtomicI64 = AtomicI64::new(1); } }
counter!(COUNT);
#[allow(dead_code)] struct Other { a: i32 }
pub fn probe(x: i64) -> i64 { COUNT.fetch_add(x, Relaxed) }
//# after
//# expect: live, changed probe
//# static: COUNT: starts anew
//# carries: COUNT
//# probe: 1001 1001 1002 1004
//# flight: 14
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
macro_rules! counter { ($name:ident) => { static $name: AtomicI64 = AtomicI64::new(1); } }
counter!(COUNT);
#[allow(dead_code)] struct Other { a: i64 }
pub fn probe(x: i64) -> i64 { COUNT.fetch_add(x, Relaxed) + 1000 }
//# after
//# expect: live, changed probe
//# carries: COUNT
//# probe: 2019 2019 2020 2022
//# flight: 1014
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
macro_rules! counter { ($name:ident) => { static $name: AtomicI64 = AtomicI64::new(1); } }
counter!(COUNT);
#[allow(dead_code)] struct Other { a: i64 }
pub fn probe(x: i64) -> i64 { COUNT.fetch_add(x, Relaxed) + 2000 }
