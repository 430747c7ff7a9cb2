//! New code panics through the frame of a call in flight, whose values are dropped.
//# probe: 1 2 3 6
use std::cell::Cell;
thread_local! { static DROPS: Cell<i64> = const { Cell::new(0) }; }
struct Guard(i64); impl Drop for Guard { fn drop(&mut self) { DROPS.set(DROPS.get() + self.0); } }
#[inline(never)] fn level(x: i64) -> i64 { x + 1 }
pub fn probe(x: i64) -> i64 { let _guard = Guard(x); level(x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let caught = std::panic::catch_unwind(|| { let _guard = Guard(x); host::hold(gate); level(x) }); caught.unwrap_or(-100) + DROPS.replace(0) }
//# after
//# expect: live, changed level
//# carries: DROPS
//# probe: 1 2 3 panic
//# flight: -95
use std::cell::Cell;
thread_local! { static DROPS: Cell<i64> = const { Cell::new(0) }; }
struct Guard(i64); impl Drop for Guard { fn drop(&mut self) { DROPS.set(DROPS.get() + self.0); } }
#[inline(never)] fn level(x: i64) -> i64 { if x == 5 { panic!("five") } x + 1 }
pub fn probe(x: i64) -> i64 { let _guard = Guard(x); level(x) }
pub fn flight(gate: *mut u32, x: i64) -> i64 { let caught = std::panic::catch_unwind(|| { let _guard = Guard(x); host::hold(gate); level(x) }); caught.unwrap_or(-100) + DROPS.replace(0) }
