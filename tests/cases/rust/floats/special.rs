//! NaN compares unequal with everything, zero has a sign, infinities absorb.
//# inputs: 0 1 2 3 4 5
pub fn run(input: u64) -> u64 {
    let values = [0.0f64, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 1.0];
    let a = values[input as usize];
    let mut bits = 0u64;
    for b in values {
        bits = bits << 1 | (a == b) as u64;
        bits = bits << 1 | (a != b) as u64;
        bits = bits << 1 | (a < b) as u64;
        bits = bits << 1 | (a <= b) as u64;
        bits = bits << 1 | (a > b) as u64;
        bits = bits << 1 | (a >= b) as u64;
    }
    bits = bits << 1 | a.is_nan() as u64;
    bits = bits << 1 | a.is_infinite() as u64;
    bits = bits << 1 | a.is_finite() as u64;
    bits = bits << 1 | (1.0 / a == f64::NEG_INFINITY) as u64;
    bits = bits << 1 | (a - a).is_nan() as u64;
    bits = bits << 1 | (a * 0.0).is_nan() as u64;
    if !a.is_nan() {
        bits = bits << 1 | a.is_sign_negative() as u64;
    }
    bits
}
