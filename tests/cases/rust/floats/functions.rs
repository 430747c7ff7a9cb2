//! Square roots are exact; sin, cos, exp and powers come from the same library on both sides.
//# inputs: 0 1 2 3 4 5
pub fn run(input: u64) -> u64 {
    let x = input as f64 * 0.75 + 0.1;
    let y = x as f32;
    let mut sum = x.sqrt().to_bits() ^ (y.sqrt().to_bits() as u64).rotate_left(20);
    for f in [x.sin(), x.cos(), x.tan(), x.exp(), x.ln(), x.powf(1.7), x.log2(), x.atan2(0.3), x.tanh()] {
        sum = sum.rotate_left(5) ^ f.to_bits();
    }
    for f in [y.sin(), y.cos(), y.exp(), y.ln(), y.powf(0.3), y.hypot(2.0)] {
        sum = sum.rotate_left(5) ^ f.to_bits() as u64;
    }
    sum
}
