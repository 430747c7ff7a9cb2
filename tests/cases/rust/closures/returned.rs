//! Closures that are returned, stored in structs, passed on, composed, and made in loops.
fn adder(n: u64) -> impl Fn(u64) -> u64 { move |x| x + n }
fn compose<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C { move |x| g(f(x)) }
fn counter(start: u64) -> impl FnMut() -> u64 { let mut n = start; move || { n += 3; n } }
fn times(n: u32, mut f: impl FnMut(u32)) { for i in 0..n { f(i) } }
struct Lazy<F: Fn() -> u64> { make: F, uses: u64 }
impl<F: Fn() -> u64> Lazy<F> { fn get(&mut self) -> u64 { self.uses += 1; (self.make)() * self.uses } }
struct Pipeline<F, G>(F, G);
impl<F: Fn(u64) -> Option<u64>, G: Fn(u64) -> u64> Pipeline<F, G> { fn run(&self, x: u64) -> u64 { (self.0)(x).map(&self.1).unwrap_or(77) } }
pub fn run(input: u64) -> u64 {
    let f = compose(adder(input), |x| x * 2);
    let g = compose(&f, adder(100));
    let mut tick = counter(input);
    let mut sum = tick() + tick() * 10;
    times(4, |i| if i % 2 == 0 { sum += tick() } else { sum *= 2 });
    let mut lazy = Lazy { make: || input + 5, uses: 0 };
    let pipeline = Pipeline(|x: u64| x.checked_sub(2), |x| x + input * 1000);
    f(1) + g(2) * 100 + sum * 10_000 + lazy.get() + lazy.get() + pipeline.run(input)
}
