//! How long temporaries live: in conditions, match scrutinees, let bindings that extend them, and call chains.
use std::cell::Cell;
struct Held<'a> { log: &'a Cell<u64>, mark: u64 }
impl Held<'_> { fn value(&self) -> u64 { self.log.set(self.log.get() * 10 + 9); self.mark } }
impl Drop for Held<'_> { fn drop(&mut self) { self.log.set(self.log.get() * 10 + self.mark); } }
pub fn run(input: u64) -> u64 {
    let log = Cell::new(0);
    let hold = |mark| Held { log: &log, mark };
    let kept = &hold(1);
    if hold(2).value() > input { log.set(log.get() * 10); }
    match hold(3).value() { 3 => log.set(log.get() * 10 + 8), _ => {} }
    let sum = hold(4).value() + hold(5).value();
    if let Some(x) = Some(hold(6).value()).filter(|x| *x > 5) { log.set(log.get() * 10 + x % 7); } else { log.set(0); }
    let tuple = (hold(7), 5u64);
    while hold(1).value() > 1 { break }
    log.get().wrapping_mul(31) + sum + kept.mark + tuple.1
}
