//! Averages without overflow, signed and unsigned division by powers of two, remainders of negative numbers.
//# inputs: 0 1 2 3 18446744073709551614 18446744073709551615
pub fn run(input: u64) -> u64 {
    let a = input.midpoint(u64::MAX - 3);
    let b = (input & 0xffff_ffff) as i32;
    let c = b / 8 + b % 8 * 3 + (b >> 3) * 5i32.wrapping_mul(b & 1);
    let d = (input as i64 / -4) as u64 ^ (input as i64 % -4) as u64;
    let e = (input as i64).div_euclid(16) as u64 ^ (input as i64).rem_euclid(16) as u64;
    let f = (input as i8).unsigned_abs() as u64 + (input as i16).wrapping_abs() as u64 + (input as i32).signum() as u64;
    a ^ (c as u32 as u64) << 16 ^ d.rotate_left(7) ^ e.rotate_left(11) ^ f.rotate_left(40)
}
