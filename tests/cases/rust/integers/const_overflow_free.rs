//! Arithmetic that must not be checked where it cannot overflow, and constants of every type's bounds.
//# inputs: 0 1 2 255
const BOUNDS: [i128; 10] = [
    u8::MAX as i128, i8::MIN as i128, u16::MAX as i128, i16::MIN as i128, u32::MAX as i128, i32::MIN as i128,
    u64::MAX as i128, i64::MIN as i128, i128::MAX, i128::MIN,
];
pub fn run(input: u64) -> u64 {
    let mut sum = 0u64;
    for bound in BOUNDS { sum = sum.rotate_left(7) ^ bound as u64 ^ (bound >> 64) as u64; }
    let bits = u8::BITS + i16::BITS * 3 + u128::BITS * 5 + usize::BITS;
    let n = input as u8;
    let halves = n / 2 + n % 2 + (n >> 1);
    let low = (n & 0x0f) * 17;
    let mixed = (n as u16 * 257) as u32 * 65537;
    sum ^ bits as u64 ^ (halves as u64) << 20 ^ (low as u64) << 30 ^ (mixed as u64) << 32
}
