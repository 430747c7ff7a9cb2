//! Addition, subtraction, multiplication, division and remainder of both widths.
//# inputs: 0 1 2 3 4 5
pub fn run(input: u64) -> u64 {
    let values = [1.5f64, -0.1, 1e300, 3e-310, 7.25, -1e-9];
    let a = values[input as usize];
    let b = values[(input as usize + 1) % 6];
    let mut sum = 0u64;
    for x in [a + b, a - b, a * b, a / b, a % b, -a] {
        sum = sum.rotate_left(9) ^ x.to_bits();
    }
    let (a, b) = (a as f32, b as f32 + 0.3);
    for x in [a + b, a - b, a * b, a / b, a % b, -a] {
        let bits = if x.is_nan() { 0x7fc0_0000 } else { x.to_bits() };
        sum = sum.rotate_left(9) ^ bits as u64;
    }
    sum
}
