//! A type loses its destructor.
//# probe: 1 1 1 1
use std::cell::Cell;
thread_local! { static DROPS: Cell<i64> = const { Cell::new(0) }; }
struct Note(i64);
impl Drop for Note { fn drop(&mut self) { DROPS.set(DROPS.get() + self.0); } }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note(x)) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { drop(note); DROPS.replace(0) + 1 }
//# after
//# expect: live
//# probe: 1 1 1 1
//# flight: old
use std::cell::Cell;
thread_local! { static DROPS: Cell<i64> = const { Cell::new(0) }; }
struct Note(i64);
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note(x)) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { drop(note); DROPS.replace(0) + 1 }
