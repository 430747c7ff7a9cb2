//! Casts of integers to floats round to nearest, ties to even.
//# inputs: 0 1 16777217 16777219 33554435 9007199254740993 9007199254740995 9223372036854775807 18446744073709551615
pub fn run(input: u64) -> u64 {
    let mut sum = (input as f64).to_bits();
    sum = sum.rotate_left(7) ^ (input as f32).to_bits() as u64;
    sum = sum.rotate_left(7) ^ (input as i64 as f64).to_bits();
    sum = sum.rotate_left(7) ^ (input as i32 as f32).to_bits() as u64;
    sum = sum.rotate_left(7) ^ (input as u8 as f32).to_bits() as u64;
    sum = sum.rotate_left(7) ^ (input as i16 as f64).to_bits();
    sum = sum.rotate_left(7) ^ ((input as u128) << 40 | 1).wrapping_mul(3).to_f64();
    sum
}
trait ToFloat {
    fn to_f64(self) -> u64;
}
impl ToFloat for u128 {
    fn to_f64(self) -> u64 {
        (self as f64).to_bits() ^ (self as f32).to_bits() as u64 ^ (self as i128 as f64).to_bits() << 1
    }
}
