//! A boxed closure that a static keeps is the code that it was made with.
//# probe: 1 2 3 6
use std::sync::Mutex;
static HOOK: Mutex<Option<Box<dyn Fn(i64) -> i64 + Send>>> = Mutex::new(None);
pub fn probe(x: i64) -> i64 { HOOK.lock().unwrap().get_or_insert_with(|| Box::new(|y| y + 1))(x) }
//# after
//# expect: live
//# carries: HOOK
//# probe: 1 2 3 6
//# flight: old
use std::sync::Mutex;
static HOOK: Mutex<Option<Box<dyn Fn(i64) -> i64 + Send>>> = Mutex::new(None);
pub fn probe(x: i64) -> i64 { HOOK.lock().unwrap().get_or_insert_with(|| Box::new(|y| y + 100))(x) }
