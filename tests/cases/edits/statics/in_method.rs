//! A static inside of a method, and a type elsewhere that changes.
//# probe: 4001 4001 4002 4004
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
struct Note(i64); struct Other { #[allow(dead_code)] a: i32 }
impl Note { #[inline(never)] fn count(&self) -> i64 { static COUNT: AtomicI64 = AtomicI64::new(1); COUNT.fetch_add(self.0, Relaxed) } }
pub fn probe(x: i64) -> i64 { Note(x).count() + std::mem::size_of::<Other>() as i64 * 1000 }
//# after
//# expect: live, changed probe
//# carries: COUNT
//# probe: 8019 8019 8020 8022
//# flight: 4014
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
struct Note(i64); struct Other { #[allow(dead_code)] a: i64 }
impl Note { #[inline(never)] fn count(&self) -> i64 { static COUNT: AtomicI64 = AtomicI64::new(1); COUNT.fetch_add(self.0, Relaxed) } }
pub fn probe(x: i64) -> i64 { Note(x).count() + std::mem::size_of::<Other>() as i64 * 1000 }
