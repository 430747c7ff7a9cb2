//! Initial values of thread-locals, which each thread computes when it first looks; and once-cells.
//# inputs: 0 1 2
//# alone: { x + 1 } => { x * 3 + 2 }
//# optimised
//# alone: { x * 3 + 2 } => { x ^ 21 }
use std::cell::{Cell, OnceCell, RefCell};
fn leaf(x: u64) -> u64 { x + 1 }
thread_local! { static LAZY: Cell<u64> = Cell::new(leaf(40)); }
thread_local! { pub static LIST: RefCell<Vec<u64>> = RefCell::new(vec![leaf(1), leaf(2)]); }
fn elsewhere(work: fn() -> u64) -> u64 { std::thread::spawn(work).join().unwrap_or(999) }
pub fn run(input: u64) -> u64 {
    match input {
        0 => elsewhere(|| LAZY.get()),
        1 => elsewhere(|| LIST.with_borrow(|list| list.iter().sum())),
        _ => elsewhere(|| { let cell = OnceCell::new(); *cell.get_or_init(|| leaf(8)) }),
    }
}
