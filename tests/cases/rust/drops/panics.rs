//! Unwinding drops what is alive, innermost first, and what a panic leaves is seen by the next call.
//# inputs: 0 1 2 3 0 4
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
static LOG: AtomicU64 = AtomicU64::new(0);
struct Loud(u64);
impl Drop for Loud { fn drop(&mut self) { LOG.store(LOG.load(Relaxed).wrapping_mul(10).wrapping_add(self.0), Relaxed); } }
fn deep(n: u64, items: &mut Vec<Loud>) -> u64 {
    let _here = Loud(n % 10);
    items.push(Loud(7));
    let table = [1u64, 2, 3];
    if n == 3 { return table[items.len()] }
    deep(n + 1, items) + table[n as usize % 3]
}
pub fn run(input: u64) -> u64 {
    let before = LOG.swap(0, Relaxed);
    let _outer = Loud(9);
    let mut items = Vec::new();
    let boxed = Box::new(Loud(8));
    let value = match input { 0 => deep(2, &mut items), 1 => deep(0, &mut items), 2 => { let _moved = boxed; panic!("two") } 3 => [1u64][items.len() + 3], _ => 5 };
    before * 100 + value
}
