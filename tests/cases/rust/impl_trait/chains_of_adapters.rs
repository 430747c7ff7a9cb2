//! impl Trait in every position: nested results, in traits, with captured parameters, and as arguments of closures.
//# jit refuses: the layout of `Map<Enumerate<Zip<{unknown}, Map<{unknown}, impl FnMut(f32) -> f32>>>, impl FnMut((usize, (f32, f32))) -> f32>`: type contains an error
trait Signal { fn samples(&self) -> impl Iterator<Item = f32> + '_; fn energy(&self) -> f32 { self.samples().map(|x| x * x).sum() } }
struct Ramp { steps: u8 }
struct Held<const N: usize>([f32; N]);
impl Signal for Ramp { fn samples(&self) -> impl Iterator<Item = f32> + '_ { (0..self.steps).map(|i| i as f32 / self.steps as f32) } }
impl<const N: usize> Signal for Held<N> { fn samples(&self) -> impl Iterator<Item = f32> + '_ { self.0.iter().rev().copied() } fn energy(&self) -> f32 { -1.0 } }
fn gained(signal: &impl Signal, gain: f32) -> impl Iterator<Item = f32> + '_ { signal.samples().map(move |x| x * gain) }
fn mixed<'a>(a: &'a impl Signal, b: &'a (impl Signal + 'a), level: impl Fn(usize) -> f32 + 'a) -> impl Iterator<Item = f32> + 'a { a.samples().zip(gained(b, 0.5)).enumerate().map(move |(i, (x, y))| (x + y) * level(i)) }
fn fold(items: impl IntoIterator<Item = impl Into<f64>>) -> impl FnOnce(f64) -> f64 { let sum: f64 = items.into_iter().map(Into::into).sum(); move |k| sum * k }
pub fn run(input: u64) -> u64 {
    let (ramp, held) = (Ramp { steps: input as u8 + 3 }, Held([1.0, -2.0, 0.25, input as f32]));
    let hash = mixed(&ramp, &held, |i| 1.0 / (i + 1) as f32).fold(0u64, |h, x| h.rotate_left(9) ^ x.to_bits() as u64);
    let total = fold([1.5f32, 2.0])(3.0) + fold(Some(input as u32))(0.5) + fold(gained(&held, 2.0))(1.0);
    hash ^ total.to_bits() ^ ((ramp.energy() + held.energy()).to_bits() as u64) << 20
}
