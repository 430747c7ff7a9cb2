//! A static that is read, one that counts, and a constant.
//# inputs: 3 3 1
use std::sync::atomic::{AtomicU64, Ordering};
static TABLE: [u64; 4] = [5, 6, 7, 8];
static COUNT: AtomicU64 = AtomicU64::new(10);
const STEP: u64 = 2;
pub fn run(input: u64) -> u64 {
    let before = COUNT.fetch_add(STEP, Ordering::Relaxed);
    before * 100 + TABLE[input as usize]
}
