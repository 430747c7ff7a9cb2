//! A defect that ThreadSanitizer has to report: what is published with `Relaxed` is read by another
//! thread, as a box would be if `Exchange::post` lost its release half.

use std::sync::atomic::{AtomicPtr, Ordering};

static BOXED: AtomicPtr<u64> = AtomicPtr::new(std::ptr::null_mut());

fn main() {
    let taker = std::thread::spawn(|| {
        loop {
            // Relaxed: the defect; pairs with nothing.
            let boxed = BOXED.load(Ordering::Relaxed);
            if !boxed.is_null() {
                // SAFETY: none, that is the point: nothing orders the box before its address.
                return unsafe { boxed.read() };
            }
        }
    });
    // Relaxed: the defect; pairs with nothing.
    BOXED.store(Box::into_raw(Box::new(std::hint::black_box(7))), Ordering::Relaxed);
    println!("{}", taker.join().unwrap_or_default());
}
