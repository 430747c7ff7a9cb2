//! Mean, variance and deviation of a slice.

use micromath::statistics::{Mean, StdDev, Variance};

pub fn run(input: u64) -> u64 {
    let mut samples = [0.5f32, 2.0, -3.25, 8.0, 1.0, 1.0, 4.75, -0.125];
    for (number, sample) in samples.iter_mut().enumerate() {
        *sample += (input * number as u64) as f32;
    }
    let part = &samples[..3 + input as usize % 6];
    let mean = part.iter().copied().mean().to_bits() as u64;
    mean << 32 ^ (part.variance().to_bits() as u64) << 16 ^ part.stddev().to_bits() as u64
}
