//! Floats: arithmetic, comparison, casts, and their bits.
pub fn run(input: u64) -> u64 {
    let x = input as f64 * 0.5 + 1.25;
    let y = (x as f32 - 0.5) * 3.0;
    let z = if x > 2.0 { x / 3.0 } else { -x };
    z.to_bits() ^ y.to_bits() as u64 ^ (y as i32 as u64) << 40
}
