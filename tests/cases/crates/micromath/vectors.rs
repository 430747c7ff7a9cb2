//! Vectors of two and three components.

use micromath::vector::{F32x2, F32x3, I16x2, U8x3, Vector, Vector2d};

pub fn run(input: u64) -> u64 {
    let a = F32x2 { x: 1.5 + input as f32, y: -2.0 };
    let b = F32x2 { x: 0.25, y: 3.5 };
    let c = F32x3 { x: 1.0, y: input as f32, z: -4.0 };
    let d = F32x3 { x: 0.5, y: 0.125, z: 9.0 };
    let mut sum = (a + b).x.to_bits() as u64;
    sum = sum.rotate_left(5) ^ (a - b).y.to_bits() as u64;
    sum = sum.rotate_left(5) ^ a.dot(b).to_bits() as u64;
    sum = sum.rotate_left(5) ^ a.distance(b).to_bits() as u64;
    sum = sum.rotate_left(5) ^ a.magnitude().to_bits() as u64;
    sum = sum.rotate_left(5) ^ (c * 2.0).z.to_bits() as u64;
    sum = sum.rotate_left(5) ^ c.dot(d).to_bits() as u64;
    let whole = I16x2 { x: 3, y: -7 } + I16x2 { x: input as i16, y: 1 };
    let bytes = U8x3 { x: 1, y: 2, z: 3 };
    sum = sum.rotate_left(5) ^ whole.x as u64 ^ (whole.y as u64) << 20;
    let mut order = Vector2d::<f32>::default();
    order += a;
    sum.rotate_left(5) ^ order[1].to_bits() as u64 ^ bytes.iter().map(u64::from).sum::<u64>()
}
