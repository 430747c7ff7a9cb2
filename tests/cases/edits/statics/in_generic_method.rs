//! A static inside of a method of a generic type.
//# probe: 1001 2001 5003 12007
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
struct Note<T>(T); #[allow(dead_code)] struct Other { a: i32 }
impl<T: Into<i64>> Note<T> { #[inline(never)] fn count(self) -> i64 { static COUNT: AtomicI64 = AtomicI64::new(1); COUNT.fetch_add(self.0.into(), Relaxed) } }
pub fn probe(x: i64) -> i64 { Note(x).count() + Note(x as i32).count() * 1000 }
//# after
//# expect: live
//# carries: COUNT
//# probe: 370037 380037 410039 480043
//# flight: 32027
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
struct Note<T>(T); #[allow(dead_code)] struct Other { a: i32 }
impl<T: Into<i64>> Note<T> { #[inline(never)] fn count(self) -> i64 { static COUNT: AtomicI64 = AtomicI64::new(1); COUNT.fetch_add(self.0.into(), Relaxed) } }
pub fn probe(x: i64) -> i64 { Note(x).count() + Note(x as i32).count() * 10000 }
//# after
//# expect: live
//# static: Note<_>::count::COUNT: starts anew
//# carries: COUNT
//# probe: 1001 2001 5003 12007
//# flight: 680063
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
struct Note<T>(T); #[allow(dead_code)] struct Other { a: i64 }
impl<T: Into<i64>> Note<T> { #[inline(never)] fn count(self) -> i64 { static COUNT: AtomicI64 = AtomicI64::new(1); COUNT.fetch_add(self.0.into(), Relaxed) } }
pub fn probe(x: i64) -> i64 { Note(x).count() + Note(x as i32).count() * 1000 }
