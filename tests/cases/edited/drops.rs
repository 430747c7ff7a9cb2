//! Destructors, inlined into the glue that boxes, vectors and enums are dropped by.
//# inputs: 0 1 2 3 4
//# alone: { x + 1 } => { x * 3 + 2 }
//# alone: leaf(self.0)); => leaf(self.0) * 2);
//# optimised
//# alone: leaf(self.0) * 2); => leaf(self.0) * 5);
//# alone: { x * 3 + 2 } => { x ^ 21 }
use std::cell::Cell;
thread_local! { static SUM: Cell<u64> = const { Cell::new(0) }; }
fn leaf(x: u64) -> u64 { x + 1 }
struct Bell(u64);
impl Drop for Bell { fn drop(&mut self) { SUM.set(SUM.get() + leaf(self.0)); } }
enum Either { One(Bell), Two(Vec<Bell>), Neither }
trait Thing { fn value(&self) -> u64; }
impl Thing for Bell { fn value(&self) -> u64 { self.0 } }
fn given_up<T>(value: T) { drop(value) }
fn rung() -> u64 { SUM.replace(0) }
pub fn run(input: u64) -> u64 {
    match input {
        0 => { drop(Bell(4)); }
        1 => { let things: Vec<Box<dyn Thing>> = vec![Box::new(Bell(1)), Box::new(Bell(2))]; things.iter().for_each(|it| SUM.set(it.value())); }
        2 => { given_up(Either::Two(vec![Bell(5), Bell(6)])); given_up(Either::One(Bell(7))); given_up(Either::Neither); }
        3 => { let held = Bell(3); let shout: Box<dyn FnOnce() -> u64> = Box::new(move || held.0); SUM.set(shout()); }
        _ => { let _ = std::panic::catch_unwind(|| { let _bell = Bell(input); panic!("on the way") }); }
    }
    rung()
}
