//! What a destructor does changes.
//# probe: 0 0 0 0
use std::cell::Cell;
thread_local! { static DROPS: Cell<i64> = const { Cell::new(0) }; }
struct Note(i64);
impl Drop for Note { #[inline(never)] fn drop(&mut self) { DROPS.set(self.0); } }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note(x)) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { drop(note); DROPS.get() }
//# after
//# expect: live, changed Note::drop
//# probe: 0 0 0 0
//# flight: old
use std::cell::Cell;
thread_local! { static DROPS: Cell<i64> = const { Cell::new(0) }; }
struct Note(i64);
impl Drop for Note { #[inline(never)] fn drop(&mut self) { DROPS.set(self.0 * 7); } }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note(x)) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { drop(note); DROPS.get() }
