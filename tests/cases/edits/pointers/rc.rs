//! A shared pointer comes to count atomically.
//# probe: 0 2 4 10
use std::{rc::Rc, sync::Arc};
struct Note { pitch: Rc<i64> }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: Rc::new(x) }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { let other = note.pitch.clone(); *other + *note.pitch }
#[allow(dead_code)] fn unused(_: Arc<i64>) {}
//# after
//# expect: live
//# probe: 2 4 6 12
//# flight: old
use std::{rc::Rc, sync::Arc};
struct Note { pitch: Arc<i64> }
#[inline(never)] fn make(x: i64) -> &'static Note { host::keep(Note { pitch: Arc::new(x + 1) }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { let other = note.pitch.clone(); *other + *note.pitch }
#[allow(dead_code)] fn unused(_: Arc<i64>) {}
