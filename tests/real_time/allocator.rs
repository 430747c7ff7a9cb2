//! An allocator that counts what a marked thread asks of it.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

/// The system's allocator, counting calls made while the thread is marked.
struct Counting;

thread_local! {
    static MARKED: Cell<bool> = const { Cell::new(false) };
    static CALLS: Cell<u64> = const { Cell::new(0) };
}

fn count() {
    if MARKED.get() {
        CALLS.set(CALLS.get() + 1);
    }
}

// SAFETY: every call is passed on to the system's allocator unchanged; counting touches thread-locals
// without destructors, and so allocates nothing itself.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promise.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: the caller's promise.
        unsafe { System.realloc(at, layout, size) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        count();
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Calls of the allocator that `work` makes on this thread.
pub(crate) fn allocations(work: impl FnOnce()) -> u64 {
    let before = CALLS.get();
    MARKED.set(true);
    work();
    MARKED.set(false);
    CALLS.get() - before
}

#[test]
fn the_count_would_notice_an_allocation() {
    assert_eq!(allocations(|| drop(std::hint::black_box(vec![1_u8]))), 2);
    assert_eq!(allocations(|| drop(std::hint::black_box(vec![0_u64; 9]))), 2);
    let mut grown = Vec::with_capacity(1);
    assert_eq!(allocations(|| grown.extend(std::hint::black_box([1_u8; 100]))), 1);
}
