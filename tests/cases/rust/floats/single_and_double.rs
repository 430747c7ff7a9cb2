//! Conversions between the widths round, overflow to infinity and go through subnormals.
//# inputs: 0 1 2 3 4 5 6
pub fn run(input: u64) -> u64 {
    let values = [0.1f64, 1e39, 1.4e-45, 7e-46, 6e-46, -3.4028235677973366e38, 16777217.0];
    let x = values[input as usize];
    let y = x as f32;
    let z = y as f64;
    let from = f64::from(y);
    let difference = x - z;
    let mut sum = (y.to_bits() as u64) << 32 ^ z.to_bits();
    if difference.is_finite() {
        sum ^= difference.to_bits().rotate_left(21);
    }
    sum ^ (from == z) as u64
}
