//! Generic functions: several instances, explicit and inferred parameters, recursion through types.
use std::ops::{Add, Mul};
fn dot<T: Copy + Add<Output = T> + Mul<Output = T>>(a: &[T], b: &[T], zero: T) -> T {
    let mut sum = zero;
    let mut i = 0;
    while i < a.len() { sum = sum + a[i] * b[i]; i += 1; }
    sum
}
fn pick<T>(first: T, second: T, which: bool) -> T { if which { first } else { second } }
fn largest<T: PartialOrd + Copy>(items: &[T]) -> Option<T> {
    let mut best = *items.first()?;
    for item in items { if *item > best { best = *item } }
    Some(best)
}
fn depth<T: Depth>(_: T) -> u64 { T::DEPTH }
trait Depth { const DEPTH: u64; }
impl Depth for () { const DEPTH: u64 = 0; }
impl<T: Depth> Depth for (T,) { const DEPTH: u64 = T::DEPTH + 1; }
fn twice<T, F: Fn(T) -> T>(f: F, x: T) -> T { f(f(x)) }
fn nothing<T: Default>() -> T { T::default() }
pub fn run(input: u64) -> u64 {
    let a = dot(&[1, 2, input], &[4, 5, 6], 0) + dot(&[0.5f32, 1.5], &[2.0, input as f32], 0.0) as u64;
    let b = pick("left", "right", input > 1).len() as u64 + pick::<u8>(1, 2, input == 0) as u64 * 10;
    let c = largest(&[3i8, -7, input as i8]).unwrap_or(0) as u64 + largest(&['a', 'z', 'q']).map_or(0, |c| c as u64) + largest::<f64>(&[]).is_none() as u64;
    let d = depth(((((),),),)) + twice(|x: u64| x * 3, input) + twice(|x: bool| !x, true) as u64;
    a + b * 1000 + c * 100_000 + d * 100_000_000 + nothing::<u64>() + nothing::<(u8, char)>().0 as u64
}
