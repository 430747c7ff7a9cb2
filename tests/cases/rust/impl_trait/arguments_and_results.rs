//! impl Trait as parameter and as result: iterators, closures, own traits, nested in tuples and options.
trait Animal { fn legs(&self) -> u64; fn name(&self) -> &'static str { "animal" } }
struct Dog;
struct Bird(u64);
impl Animal for Dog { fn legs(&self) -> u64 { 4 } fn name(&self) -> &'static str { "dog" } }
impl Animal for Bird { fn legs(&self) -> u64 { self.0 } }
fn make(n: u64) -> impl Animal { Bird(n + 2) }
fn legs(a: &impl Animal, b: impl Animal) -> u64 { a.legs() * 10 + b.legs() + a.name().len() as u64 }
fn evens(limit: u64) -> impl Iterator<Item = u64> + Clone { (0..limit).filter(|x| x % 2 == 0) }
fn pairs<'a>(items: &'a [u64]) -> impl DoubleEndedIterator<Item = (u64, u64)> + 'a { items.iter().zip(items[1..].iter()).map(|(a, b)| (*a, *b)) }
fn both(n: u64) -> (impl Fn(u64) -> u64, Option<impl Iterator<Item = u64>>) { (move |x| x * n, if n > 1 { Some(n..n + 3) } else { None }) }
fn weigh(items: impl IntoIterator<Item = impl Into<u64>>) -> u64 { items.into_iter().fold(1, |s, x| s * 3 + x.into()) }
pub fn run(input: u64) -> u64 {
    let (times, rest) = both(input);
    let e = evens(input + 5);
    let twice = e.clone().chain(e).sum::<u64>();
    let p = pairs(&[1, input, 5, 2]).rev().fold(0, |s, (a, b)| s * 7 + a * b);
    legs(&Dog, make(input)) + legs(&make(1), Dog) * 100 + twice * 10_000 + p * 3 + times(6) + rest.map_or(9, |r| r.sum()) + weigh([1u8, 2]) + weigh(Some(input))
}
