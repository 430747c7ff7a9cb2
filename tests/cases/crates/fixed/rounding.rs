//! Parts and roundings, and what overflows.

use fixed::types::{I8F8, I16F16};

pub fn run(input: u64) -> u64 {
    let x = I16F16::from_bits((input as i32 - 2) * 0x1_9000 + 0x77);
    let all = [
        x.int(),
        x.frac(),
        x.floor(),
        x.ceil(),
        x.round(),
        x.round_ties_even(),
        x.abs(),
        x.signum(),
    ];
    let mut sum = all.iter().fold(0u64, |sum, it| sum.rotate_left(13) ^ it.to_bits() as u32 as u64);
    let big = I8F8::MAX;
    sum = sum.rotate_left(5) ^ big.wrapping_add(I8F8::DELTA).to_bits() as u16 as u64;
    sum = sum.rotate_left(5) ^ big.saturating_mul(big).to_bits() as u64;
    sum = sum.rotate_left(5) ^ big.checked_add(big).is_none() as u64;
    let (product, is_over) = big.overflowing_mul(I8F8::from_bits(0x0240));
    sum.rotate_left(5) ^ product.to_bits() as u16 as u64 ^ is_over as u64
}
