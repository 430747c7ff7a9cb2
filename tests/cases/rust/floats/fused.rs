//! Multiply-add rounds once where it is asked for, and twice where it is written out.
//# inputs: 0 1 2 3
pub fn run(input: u64) -> u64 {
    let a = 1.0 + f64::EPSILON * (input + 1) as f64;
    let b = 1.0 - f64::EPSILON * (input + 2) as f64;
    let once = a.mul_add(b, -1.0);
    let twice = a * b - 1.0;
    let c = 1.0 + f32::EPSILON;
    let single = c.mul_add(c, -1.0).to_bits() as u64 ^ ((c * c - 1.0).to_bits() as u64) << 32;
    once.to_bits() ^ twice.to_bits().rotate_left(1) ^ single
}
