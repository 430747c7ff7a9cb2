//! Associated consts: of types, of traits with defaults, overridden, generic, in array lengths and patterns.
trait Shape {
    const SIDES: u32;
    const NAME: u64 = Self::SIDES as u64 * 100;
    const BOTH: (u32, u64) = (Self::SIDES, Self::NAME);
}
struct Square;
struct Circle;
impl Shape for Square { const SIDES: u32 = 4; }
impl Shape for Circle { const SIDES: u32 = 0; const NAME: u64 = 77; }
struct Buffer<const N: usize>;
impl<const N: usize> Buffer<N> {
    const BYTES: usize = N * 4;
    const MASK: usize = { let mut m = 1; while m < N { m *= 2; } m - 1 };
}
impl Square {
    const TABLE: [u8; 3] = [1, Self::SIDES as u8, 9];
    const LIMIT: u64 = 2;
}
fn name<S: Shape>() -> u64 { S::NAME + S::BOTH.1 * 3 + S::BOTH.0 as u64 }
pub fn run(input: u64) -> u64 {
    let array = [1u8; Square::TABLE[1] as usize];
    let matched = match input { Square::LIMIT => 5, _ => 6 };
    let sized = Buffer::<12>::BYTES + Buffer::<12>::MASK * 10 + Buffer::<{ 3 + 2 }>::MASK * 1000;
    name::<Square>() + name::<Circle>() * 1000 + array.len() as u64 * matched + sized as u64 * input
}
