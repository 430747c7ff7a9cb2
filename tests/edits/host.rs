//! What each live file of the corpus has as its module `host`: the type that its closure is called with, and
//! the gate at which a call waits while an edit is made.

/// What closures are called with.
#[repr(C)]
#[derive(Debug, Default)]
pub struct Io {
    pub input: i64,
    pub output: i64,
}

/// Says in the first of the two words at `gate` that the caller is here, and waits for the second.
pub fn hold(gate: *mut u32) {
    use std::sync::atomic::{AtomicU32, Ordering};
    // SAFETY: the host gives two words that outlive the call, and uses them as atomics only.
    let [here, open] = unsafe { [AtomicU32::from_ptr(gate), AtomicU32::from_ptr(gate.add(1))] };
    // Release, acquire: whoever opens the gate saw the caller arrive, and the caller sees what was
    // done before.
    here.store(1, Ordering::Release);
    while open.load(Ordering::Acquire) == 0 {
        std::thread::yield_now();
    }
}

/// Keeps `value` for ever, so that the size of its type is no part of the code that passes it on.
pub fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
