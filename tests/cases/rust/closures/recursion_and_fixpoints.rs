//! Recursion through closures: bounces in a loop, a closure that is given itself, continuation passing, currying.
enum Bounce { Done(u64), More { n: u64, acc: u64 } }
fn sum_to(n: u64) -> u64 {
    let step = |n, acc| if n == 0 { Bounce::Done(acc) } else { Bounce::More { n: n - 1, acc: acc + n } };
    let mut state = step(n, 0);
    loop { match state { Bounce::Done(x) => return x, Bounce::More { n, acc } => state = step(n, acc) } }
}
fn walk<R>(n: u64, then: impl FnOnce(u64) -> R) -> R { if n < 3 { then(n + 100) } else { then(n * 2) } }
trait Recursive { fn call(&self, n: u64) -> u64; }
struct Table<'a> { known: &'a [std::cell::Cell<u64>; 40] }
impl Recursive for Table<'_> { fn call(&self, n: u64) -> u64 { if n < 2 { return n } let slot = &self.known[n as usize]; if slot.get() == 0 { slot.set(self.call(n - 1) + self.call(n - 2)) } slot.get() } }
fn integrate(f: impl Fn(f64) -> f64, a: f64, b: f64, steps: u32) -> f64 { let h = (b - a) / steps as f64; (0..steps).map(|i| f(a + (i as f64 + 0.5) * h)).sum::<f64>() * h }
fn derive(f: impl Fn(f64) -> f64 + Copy) -> impl Fn(f64) -> f64 + Copy { move |x| (f(x + 1e-4) - f(x - 1e-4)) / 2e-4 }
pub fn run(input: u64) -> u64 {
    let k = input + 2;
    let known = [const { std::cell::Cell::new(0) }; 40];
    let nested = walk(input, |a| walk(a, |b| a * 1000 + b));
    let area = integrate(|x| x * x + k as f64, 0.0, 3.0, 60);
    let curve = derive(derive(|x: f64| x * x * x))(k as f64).round();
    let curried = |a: u64| move |b: u64| move |c: u64| a * 100 + b * 10 + c;
    sum_to(1000 + input) + nested * 10 + area.to_bits() / 1000 + curve as u64 * 3 + curried(1)(k)(3) + Table { known: &known }.call(30 + input)
}
