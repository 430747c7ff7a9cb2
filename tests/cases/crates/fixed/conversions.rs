//! To and from integers and floats.

use fixed::traits::{FromFixed, LossyFrom, ToFixed};
use fixed::types::{I4F12, I16F16, U0F32, U32F32};

pub fn run(input: u64) -> u64 {
    let x = I16F16::from_num(input as f64 * 0.37 - 1.2);
    let mut sum = x.to_bits() as u32 as u64;
    sum = sum.rotate_left(7) ^ x.to_num::<f64>().to_bits();
    sum = sum.rotate_left(7) ^ x.to_num::<f32>().to_bits() as u64;
    sum = sum.rotate_left(7) ^ x.to_num::<i32>() as u64;
    sum = sum.rotate_left(7) ^ I4F12::saturating_from_num(x * 9).to_bits() as u16 as u64;
    sum = sum.rotate_left(7) ^ i64::wrapping_from_fixed(x) as u64;
    sum = sum.rotate_left(7) ^ 2.75f32.to_fixed::<U32F32>().to_bits();
    sum = sum.rotate_left(7) ^ U0F32::checked_from_num(x).is_some() as u64;
    let wide = U32F32::from(7u32);
    sum.rotate_left(7) ^ wide.to_bits() ^ f32::lossy_from(x).to_bits() as u64
}
