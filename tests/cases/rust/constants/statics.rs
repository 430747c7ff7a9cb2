//! Statics: read, changed through atomics and cells, addressed, initialised by const functions; state lasts between calls.
//# inputs: 5 5 1 0 9
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
static TABLE: [u64; 4] = [10, 20, 30, 40];
static CALLS: AtomicU64 = AtomicU64::new(100);
static NEXT: AtomicUsize = AtomicUsize::new(start());
static POINTS: &[&[u8]] = &[b"ab", b"", b"cde"];
static mut RAW: [u32; 3] = [1, 2, 3];
const fn start() -> usize { 7 }
fn bump() -> usize {
    static LOCAL: AtomicUsize = AtomicUsize::new(0);
    LOCAL.fetch_add(2, Ordering::Relaxed) + NEXT.fetch_sub(1, Ordering::SeqCst)
}
pub fn run(input: u64) -> u64 {
    let before = CALLS.fetch_add(input, Ordering::AcqRel);
    let text: u64 = POINTS.iter().map(|p| p.len() as u64).sum();
    // SAFETY: one thread calls.
    let raw = unsafe { RAW[input as usize % 3] += 5; RAW[0] as u64 + RAW[1] as u64 * 10 + RAW[2] as u64 * 100 };
    let swapped = CALLS.compare_exchange(105, 200, Ordering::SeqCst, Ordering::Relaxed).is_ok();
    before * 1_000_000 + TABLE[input as usize % 4] + text + bump() as u64 * 1000 + raw * 10_000 + swapped as u64 + bump() as u64
}
