//! Coefficients and errors in double precision.

use biquad::{Biquad, Coefficients, DirectForm2Transposed, Errors, ToHertz, Type};

fn error(of: Errors) -> u64 {
    match of {
        Errors::OutsideNyquist => 1,
        Errors::NegativeQ => 2,
        Errors::NegativeFrequency => 3,
    }
}

pub fn run(input: u64) -> u64 {
    let rate = 44.1.khz();
    let cuts = [100.hz(), 3.khz(), 30.khz(), 10.0.hz()];
    let q = [0.5f64, -1.0, 7.0][input as usize % 3];
    let mut sum = 0u64;
    for cut in cuts {
        sum = sum.rotate_left(9);
        match Coefficients::<f64>::from_params(Type::BandPass, rate, cut, q) {
            Ok(found) => {
                let mut filter = DirectForm2Transposed::<f64>::new(found);
                for step in 0..30 {
                    sum = sum.rotate_left(3) ^ filter.run(step as f64 - 11.5).to_bits();
                }
            }
            Err(why) => sum ^= error(why),
        }
    }
    sum
}
