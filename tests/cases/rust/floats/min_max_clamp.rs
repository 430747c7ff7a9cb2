//! min, max, clamp, abs, signum and copysign; clamp panics where its bounds are not in order.
//# inputs: 0 1 2 3 4
pub fn run(input: u64) -> u64 {
    let values = [-3.5f64, 0.25, f64::NAN, 8.0, f64::INFINITY];
    let x = values[input as usize];
    let mut sum = x.min(1.0).to_bits() ^ x.max(0.5).to_bits().rotate_left(3);
    sum ^= 2.0f64.max(x).to_bits().rotate_left(5);
    sum ^= x.abs().copysign(-1.0).abs().min(1e9).to_bits().rotate_left(7);
    if !x.is_nan() {
        sum ^= x.signum().to_bits().rotate_left(9);
        sum ^= x.clamp(-1.0, 1.0).to_bits().rotate_left(13);
    }
    if input == 3 {
        let low = x - 7.5;
        sum ^= (x.clamp(low, 9.0) as f32).to_bits() as u64;
    }
    if input == 4 {
        return x.clamp(2.0, x - x).to_bits();
    }
    sum
}
