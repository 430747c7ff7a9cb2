//! A throw through eight frames: functions 0 to 7 call one another, and function 8 calls the first
//! and catches what the last one throws. The same text is compiled into the benchmark, as a host's
//! own code, and into an object to be linked, as live code.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Something to drop in every frame.
struct Count<'a>(&'a Cell<u64>);

impl Drop for Count<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

macro_rules! frame {
    ($name:ident, $next:expr) => {
        #[unsafe(no_mangle)]
        #[inline(never)]
        extern "C-unwind" fn $name(count: &Cell<u64>) -> u64 {
            let counted = Count(count);
            $next(counted.0) + 1
        }
    };
}

frame!(live_00000000, live_00000001);
frame!(live_00000001, live_00000002);
frame!(live_00000002, live_00000003);
frame!(live_00000003, live_00000004);
frame!(live_00000004, live_00000005);
frame!(live_00000005, live_00000006);
frame!(live_00000006, live_00000007);
// A panic without its hook.
frame!(live_00000007, |count: &Cell<u64>| -> u64 { resume_unwind(Box::new(count.get())) });

/// Throws so many times, and returns how many frames were left.
#[unsafe(no_mangle)]
#[inline(never)]
pub(crate) extern "C" fn live_00000008(times: u64) -> u64 {
    let count = Cell::new(0);
    for _ in 0..times {
        drop(catch_unwind(AssertUnwindSafe(|| live_00000000(&count))));
    }
    count.get()
}
