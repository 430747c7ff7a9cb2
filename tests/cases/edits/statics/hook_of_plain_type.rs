//! A function pointer that a static keeps means the newest code.
//# probe: 1 2 3 6
use std::sync::Mutex;
static HOOK: Mutex<Option<fn(i64) -> i64>> = Mutex::new(None);
#[inline(never)] fn level(x: i64) -> i64 { x + 1 }
pub fn probe(x: i64) -> i64 { let hook = *HOOK.lock().unwrap().get_or_insert(level); hook(x) }
//# after
//# expect: live, changed level
//# probe: 2 3 4 7
//# flight: 7
use std::sync::Mutex;
static HOOK: Mutex<Option<fn(i64) -> i64>> = Mutex::new(None);
#[inline(never)] fn level(x: i64) -> i64 { x + 2 }
pub fn probe(x: i64) -> i64 { let hook = *HOOK.lock().unwrap().get_or_insert(level); hook(x) }
