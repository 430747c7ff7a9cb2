//! The same, while a type elsewhere changes with it.
//# probe: 1 2 3 6
use std::sync::Mutex;
static HOOK: Mutex<Option<fn(i64) -> i64>> = Mutex::new(None);
#[inline(never)] fn level(x: i64) -> i64 { x + 1 }
#[allow(dead_code)] struct Other(i32);
pub fn probe(x: i64) -> i64 { let hook = *HOOK.lock().unwrap().get_or_insert(level); hook(x) }
//# after
//# expect: live, changed level
//# carries: HOOK
//# probe: 1 2 3 6
//# flight: old
use std::sync::Mutex;
static HOOK: Mutex<Option<fn(i64) -> i64>> = Mutex::new(None);
#[inline(never)] fn level(x: i64) -> i64 { x + 2 }
#[allow(dead_code)] struct Other(i64);
pub fn probe(x: i64) -> i64 { let hook = *HOOK.lock().unwrap().get_or_insert(level); hook(x) }
