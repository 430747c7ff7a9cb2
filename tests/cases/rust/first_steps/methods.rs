//! Methods by reference and by value, and an associated function and constant.
struct Counter { n: u64 }
impl Counter {
    const START: u64 = 5;
    fn new() -> Counter { Counter { n: Self::START } }
    fn up(&mut self, by: u64) { self.n += by; }
    fn get(&self) -> u64 { self.n }
    fn end(self) -> u64 { self.n * 2 }
}
pub fn run(input: u64) -> u64 {
    let mut c = Counter::new();
    c.up(input);
    c.up(1);
    let seen = c.get();
    seen * 100 + c.end()
}
