//! Sums, products, quotients, shifts and comparisons of numbers with 16 and 12 fractional bits.

use fixed::types::{I16F16, I20F12, U8F8};

pub fn run(input: u64) -> u64 {
    let a = I16F16::from_bits(0x0001_8000 + input as i32 * 0x1234);
    let b = I16F16::from_bits(-0x0002_4000);
    let c = I20F12::from_num(3);
    let mut sum = (a + b).to_bits() as u32 as u64;
    sum = sum.rotate_left(9) ^ (a - b).to_bits() as u64;
    sum = sum.rotate_left(9) ^ (a * b).to_bits() as u64;
    sum = sum.rotate_left(9) ^ (a / b).to_bits() as u64;
    sum = sum.rotate_left(9) ^ (b % a).to_bits() as u64;
    sum = sum.rotate_left(9) ^ (a >> 3u32).to_bits() as u64 ^ (a << 2u32).to_bits() as u64;
    sum = sum.rotate_left(9) ^ (-b).to_bits() as u64 ^ (!a).to_bits() as u64;
    sum = sum.rotate_left(9) ^ (c / 7).to_bits() as u64;
    let low = U8F8::from_bits(0x0180);
    sum ^ (a < b) as u64
        ^ (a > c) as u64 * 2
        ^ (low == 1.5) as u64 * 4
        ^ (low.to_bits() as u64) << 40
}
