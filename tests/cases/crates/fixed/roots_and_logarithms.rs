//! Square roots, logarithms, and numbers that wrap or saturate.

use fixed::types::{I16F16, U16F16};
use fixed::{Saturating, Wrapping};

pub fn run(input: u64) -> u64 {
    let x = U16F16::from_bits(0x0002_0001 + input as u32 * 0x7_7777);
    let mut sum = x.sqrt().to_bits() as u64;
    sum = sum.rotate_left(9) ^ x.int_log2() as u64 ^ (x.int_log10() as u64) << 8;
    sum = sum.rotate_left(9) ^ x.recip().to_bits() as u64;
    sum = sum.rotate_left(9) ^ x.leading_zeros() as u64 ^ (x.count_ones() as u64) << 8;
    let mut wrapping = Wrapping(I16F16::MAX);
    let mut saturating = Saturating(I16F16::MAX);
    wrapping += I16F16::from_num(1);
    saturating += I16F16::from_num(1);
    let mean = I16F16::MIN.mean(I16F16::from_bits(input as i32));
    sum ^ wrapping.0.to_bits() as u64 ^ saturating.to_bits() as u64 ^ mean.to_bits() as u64
}
