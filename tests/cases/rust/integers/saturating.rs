//! Saturating arithmetic stops at the bounds of the type.
//# inputs: 0 1 100 127 128 200 255 32768 18446744073709551615
pub fn run(input: u64) -> u64 {
    let (a, b, c) = (input as u8, input as i8, input as i64);
    let mut sum = a.saturating_add(100) as u64;
    sum = sum.wrapping_mul(257) + a.saturating_sub(150) as u64;
    sum = sum.wrapping_mul(257) + a.saturating_mul(3) as u64;
    sum = sum.wrapping_mul(257) + b.saturating_add(100) as u8 as u64;
    sum = sum.wrapping_mul(257) + b.saturating_sub(100) as u8 as u64;
    sum = sum.wrapping_mul(257) + b.saturating_mul(-3) as u8 as u64;
    sum = sum.wrapping_mul(257) + b.saturating_neg() as u8 as u64;
    sum ^ (c.saturating_add(i64::MAX - 5) as u64).rotate_left(13)
        ^ (c.saturating_sub(i64::MAX) as u64).rotate_left(29)
        ^ input.saturating_pow(3)
}
