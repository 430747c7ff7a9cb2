//! A type gets a destructor.
//# probe: 0 1 2 5
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
static DROPS: AtomicI64 = AtomicI64::new(0);
struct Note(i64);
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note(x)) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { let x = note.0; drop(note); DROPS.swap(0, Relaxed) * 100 + x }
//# after
//# expect: live
//# probe: 0 1 2 5
//# flight: old
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
static DROPS: AtomicI64 = AtomicI64::new(0);
struct Note(i64);
impl Drop for Note { fn drop(&mut self) { DROPS.fetch_add(self.0, Relaxed); } }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note(x)) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { let x = note.0; drop(note); DROPS.swap(0, Relaxed) * 100 + x }
