//! Constants of the float types, epsilon, subnormals, exact integers, and sums at the limits.
pub fn run(input: u64) -> u64 {
    let k = input as f64;
    let mut sum = 0u64;
    for x in [f64::MAX, f64::MIN, f64::MIN_POSITIVE, f64::EPSILON, std::f64::consts::PI, std::f64::consts::E, std::f64::consts::SQRT_2, f64::MAX + k * 1e292] {
        sum = sum.rotate_left(5) ^ x.to_bits();
    }
    for x in [f32::MAX, f32::MIN_POSITIVE, f32::EPSILON, std::f32::consts::FRAC_PI_3, f32::MAX * (1.0 + k as f32), f32::MIN_POSITIVE / (2.0 + k as f32)] {
        sum = sum.rotate_left(5) ^ x.to_bits() as u64;
    }
    let subnormal = (f64::MIN_POSITIVE / 4.0).is_subnormal() as u64 + (k + 1.0).is_normal() as u64 * 2;
    let exact = (9_007_199_254_740_992.0f64 + k == 9_007_199_254_740_992.0) as u64;
    let digits = f64::DIGITS + f32::MANTISSA_DIGITS + f64::RADIX;
    sum ^ subnormal ^ exact << 2 ^ (digits as u64) << 8 ^ ((f64::MAX_EXP - f32::MIN_EXP) as u64) << 20
}
