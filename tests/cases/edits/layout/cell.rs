//! A field becomes a cell: it may change behind a shared reference.
//# probe: 1 2 3 6
use std::cell::Cell;
struct Note { count: i64 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { count: x }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.count + 1 }
#[allow(dead_code)] fn unused(_: &Cell<i64>) {}
//# after
//# expect: live, changed fold
//# probe: 2 3 4 7
//# flight: old
use std::cell::Cell;
struct Note { count: Cell<i64> }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { count: Cell::new(x) }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.count.replace(0) + note.count.get() + 2 }
#[allow(dead_code)] fn unused(_: &Cell<i64>) {}
