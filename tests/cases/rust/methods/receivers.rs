//! Methods by value, by reference and by mutable reference; chains; associated functions; automatic references.
#[derive(Clone, Copy)]
struct Counter { n: u64, step: u64 }
impl Counter {
    fn new(step: u64) -> Self { Self { n: 0, step } }
    fn up(&mut self) -> &mut Self { self.n += self.step; self }
    fn by(self, k: u64) -> Counter { Counter { n: self.n * k, ..self } }
    fn get(&self) -> u64 { self.n }
    fn larger<'a>(&'a self, other: &'a Counter) -> &'a Counter { if self.n > other.n { self } else { other } }
    fn take(mut self) -> u64 { self.up().up(); self.n }
}
pub fn run(input: u64) -> u64 {
    let mut a = Counter::new(input + 1);
    a.up().up().up();
    let b = a.by(10);
    let r = &mut a;
    r.up();
    let rr = &r;
    let seen = rr.get();
    let c = Counter::larger(&a, &b).get();
    let d = a.take() + Counter::get(&a);
    let e = Counter::take(Counter { n: 5, ..a });
    (((seen * 100 + b.get()) * 100 + c) * 100 + d) * 100 + e
}
