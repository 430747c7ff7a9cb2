//! Another Weak is imported under the name of the old one.
//# probe: 100 101 102 105
use std::sync::{Arc as Strong, Weak};
struct Note { back: Weak<i64>, strong: Strong<i64> }
#[inline(never)] fn make(x: i64) -> &'static Note { let strong = Strong::new(x); host::keep(Note { back: Strong::downgrade(&strong), strong }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.back.upgrade().map_or(-1, |x| *x) + Strong::strong_count(&note.strong) as i64 * 100 }
//# after
//# expect: live
//# probe: 200 201 202 205
//# flight: old
use std::rc::{Rc as Strong, Weak};
struct Note { back: Weak<i64>, strong: Strong<i64> }
#[inline(never)] fn make(x: i64) -> &'static Note { let strong = Strong::new(x); host::keep(Note { back: Strong::downgrade(&strong), strong }) }
#[inline(never)] fn fold(note: &'static Note) -> i64 { note.back.upgrade().map_or(-1, |x| *x) + Strong::strong_count(&note.strong) as i64 * 200 }
