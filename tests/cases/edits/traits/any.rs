//! A value in `Box<dyn Any>` that a static keeps, of a type whose layout changes: no downcast finds it.
//# probe: 702 703 704 707
use std::{any::Any, sync::Mutex};
#[repr(C)] struct Note { pitch: i32, gain: i32 }
static KEPT: Mutex<Option<Box<dyn Any + Send>>> = Mutex::new(None);
pub fn probe(x: i64) -> i64 {
    let mut kept = KEPT.lock().unwrap();
    let any = kept.get_or_insert_with(|| Box::new(Note { pitch: 70, gain: 2 }));
    match any.downcast_ref::<Note>() { Some(note) => note.pitch as i64 * 10 + note.gain as i64 + x, None => -1 }
}
//# after
//# expect: live
//# static: KEPT: starts anew
//# carries: KEPT
//# probe: 702 703 704 707
//# flight: old
use std::{any::Any, sync::Mutex};
#[repr(C)] struct Note { pitch: i64, gain: i32 }
static KEPT: Mutex<Option<Box<dyn Any + Send>>> = Mutex::new(None);
pub fn probe(x: i64) -> i64 {
    let mut kept = KEPT.lock().unwrap();
    let any = kept.get_or_insert_with(|| Box::new(Note { pitch: 70, gain: 2 }));
    match any.downcast_ref::<Note>() { Some(note) => note.pitch * 10 + note.gain as i64 + x, None => -1 }
}
