//! Boxed trait objects: heterogenous lists, factories, closures in boxes, drops through the table, downcasts by Any.
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;
trait Animal { fn speak(&self, n: u64) -> u64; fn boxed(&self) -> Box<dyn Animal>; }
#[derive(Clone)]
struct Dog(Rc<Cell<u64>>);
struct Cat;
impl Animal for Dog { fn speak(&self, n: u64) -> u64 { self.0.set(self.0.get() + n); n * 3 } fn boxed(&self) -> Box<dyn Animal> { Box::new(self.clone()) } }
impl Animal for Cat { fn speak(&self, n: u64) -> u64 { n + 100 } fn boxed(&self) -> Box<dyn Animal> { Box::new(Cat) } }
impl Drop for Dog { fn drop(&mut self) { self.0.set(self.0.get() * 2); } }
fn kind(x: &dyn Any) -> u64 { if let Some(n) = x.downcast_ref::<u64>() { *n } else if x.is::<&str>() { 50 } else { 60 } }
pub fn run(input: u64) -> u64 {
    let count = Rc::new(Cell::new(1));
    let mut zoo: Vec<Box<dyn Animal>> = vec![Box::new(Dog(count.clone())), Box::new(Cat)];
    zoo.push(zoo[input as usize % 2].boxed());
    let spoken = zoo.iter().fold(0, |s, a| s * 1000 + a.speak(input + 1));
    drop(zoo);
    let mut steps: Vec<Box<dyn FnMut(u64) -> u64>> = Vec::new();
    for k in 0..3 { let mut total = k; steps.push(Box::new(move |x| { total += x; total * (k + 1) })); }
    let ran: u64 = (0..2).flat_map(|x| steps.iter_mut().map(move |f| f(x + 1)).collect::<Vec<_>>()).sum();
    let once: Box<dyn FnOnce() -> u64> = Box::new(move || ran + 1);
    spoken + count.get() * 7 + once() * 11 + kind(&input) + kind(&"text") + kind(&1u8) + Rc::strong_count(&count) as u64
}
