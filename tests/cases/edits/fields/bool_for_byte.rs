//! A byte that may hold 7 becomes a bool, which may not.
//# probe: 5 6 7 10
struct Note { on: u8 }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { on: x as u8 + 5 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.on as i64 }
//# after
//# expect: live, changed fold make
//# probe: 20 20 10 10
//# flight: old
struct Note { on: bool }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { on: x > 1 }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { if note.on { 10 } else { 20 } }
