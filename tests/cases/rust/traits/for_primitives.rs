//! Own traits for integers, arrays, tuples, references, functions and closures.
trait Weight { const UNIT: u64; fn weight(&self) -> u64; }
impl Weight for u8 { const UNIT: u64 = 1; fn weight(&self) -> u64 { *self as u64 } }
impl Weight for bool { const UNIT: u64 = 5; fn weight(&self) -> u64 { if *self { 5 } else { 0 } } }
impl Weight for char { const UNIT: u64 = 4; fn weight(&self) -> u64 { *self as u64 } }
impl<T: Weight, const N: usize> Weight for [T; N] { const UNIT: u64 = T::UNIT * N as u64; fn weight(&self) -> u64 { self.iter().map(|x| x.weight()).sum() } }
impl<A: Weight, B: Weight> Weight for (A, B) { const UNIT: u64 = A::UNIT + B::UNIT; fn weight(&self) -> u64 { self.0.weight() * 10 + self.1.weight() } }
impl<T: Weight + ?Sized> Weight for &T { const UNIT: u64 = T::UNIT; fn weight(&self) -> u64 { (**self).weight() + 1 } }
impl<T: Weight> Weight for [T] { const UNIT: u64 = 0; fn weight(&self) -> u64 { self.len() as u64 } }
impl<T: Weight> Weight for Option<T> { const UNIT: u64 = T::UNIT + 1; fn weight(&self) -> u64 { self.as_ref().map_or(0, T::weight) } }
impl Weight for fn(u64) -> u64 { const UNIT: u64 = 8; fn weight(&self) -> u64 { self(3) } }
fn all<T: Weight>(t: T) -> u64 { t.weight() * 100 + T::UNIT }
pub fn run(input: u64) -> u64 {
    let n = input as u8;
    let f: fn(u64) -> u64 = |x| x * x;
    all(n) + all([n, 3]) * 3 + all((true, ['a', 'b'])) * 5 + all(&&n) * 7 + all(&[n, 1, 2][..]) * 11 + all(Some((n, n > 1))) * 13
        + all(f) * 17 + all([[(n, 'x'); 2]; 3]) * 19
}
