//! Traits implemented for all functions of a shape, structs of closures, and dispatch between functions and types.
trait Effect { fn apply(&mut self, x: i64) -> i64; fn then<E: Effect>(self, next: E) -> Chain<Self, E> where Self: Sized { Chain(self, next) } fn reset(&mut self) {} }
impl<F: FnMut(i64) -> i64> Effect for F { fn apply(&mut self, x: i64) -> i64 { self(x) } }
struct Chain<A, B>(A, B);
impl<A: Effect, B: Effect> Effect for Chain<A, B> { fn apply(&mut self, x: i64) -> i64 { let y = self.0.apply(x); self.1.apply(y) } fn reset(&mut self) { self.0.reset(); self.1.reset(); } }
struct Delay<const N: usize> { ring: [i64; N], at: usize }
impl<const N: usize> Effect for Delay<N> { fn apply(&mut self, x: i64) -> i64 { let y = std::mem::replace(&mut self.ring[self.at], x); self.at = (self.at + 1) % N; y } fn reset(&mut self) { *self = Delay { ring: [0; N], at: 0 } } }
struct Gain(i64);
impl Effect for Gain { fn apply(&mut self, x: i64) -> i64 { x * self.0 } }
struct Optional<E>(Option<E>);
impl<E: Effect> Effect for Optional<E> { fn apply(&mut self, x: i64) -> i64 { self.0.as_mut().map_or(x, |e| e.apply(x)) } }
fn clip(x: i64) -> i64 { x.clamp(-50, 50) }
fn render<const N: usize>(effect: &mut impl Effect) -> [i64; N] { let mut out = [0; N]; for (i, y) in out.iter_mut().enumerate() { *y = effect.apply(i as i64 * 7 % 11 - 5); } out }
pub fn run(input: u64) -> u64 {
    let mut count = 0;
    let counting = |x: i64| { count += 1; x + count };
    let mut chain = counting.then(Delay::<3> { ring: [1; 3], at: 0 }).then(Gain(input as i64 * 4)).then(clip as fn(i64) -> i64).then(Optional(if input > 1 { Some(Gain(-2)) } else { None }));
    let first: [i64; 8] = render(&mut chain);
    chain.reset();
    let second: [i64; 5] = render(&mut chain);
    first.iter().chain(&second).fold(count as u64, |h, y| h.wrapping_mul(211) ^ *y as u64)
}
