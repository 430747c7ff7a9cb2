//! A generic function and a generic struct at several types.
fn pick<T>(a: T, b: T, first: bool) -> T { if first { a } else { b } }
struct Pair<A, B> { a: A, b: B }
impl<A: Copy, B: Copy> Pair<A, B> { fn flip(&self) -> Pair<B, A> { Pair { a: self.b, b: self.a } } }
pub fn run(input: u64) -> u64 {
    let p = Pair { a: input, b: 7u8 };
    let q = p.flip();
    pick(1, input, input > 1) + pick(q.a, 9, true) as u64 * 10 + q.b * 100 + pick(1.5f32, 2.5, false).to_bits() as u64
}
