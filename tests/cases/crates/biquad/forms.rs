//! Both forms of the filter, of every type, in single precision.
//# inputs: 0 1 2 3

use biquad::{
    Biquad, Coefficients, DirectForm1, DirectForm2Transposed, Hertz, Q_BUTTERWORTH_F32, Type,
};

fn coefficients(number: u64) -> Option<Coefficients<f32>> {
    let kinds = [
        Type::SinglePoleLowPassApprox,
        Type::SinglePoleLowPass,
        Type::LowPass,
        Type::HighPass,
        Type::BandPass,
        Type::Notch,
        Type::AllPass,
        Type::LowShelf(-6.0),
        Type::HighShelf(3.0),
        Type::PeakingEQ(9.5),
    ];
    let rate = Hertz::<f32>::from_hz(48_000.0).ok()?;
    let cut = Hertz::<f32>::from_hz(220.0 + number as f32 * 310.0).ok()?;
    let kind = kinds[number as usize % kinds.len()];
    Coefficients::<f32>::from_params(kind, rate, cut, Q_BUTTERWORTH_F32).ok()
}

pub fn run(input: u64) -> u64 {
    let mut sum = 0u64;
    for number in 0..10 {
        let Some(found) = coefficients(number + input * 3) else { return number };
        let mut one = DirectForm1::<f32>::new(found);
        let mut two = DirectForm2Transposed::<f32>::new(found);
        let mut x = 0.25f32;
        for step in 0..40 {
            x = -x * 0.9 + step as f32 * 0.01;
            let both = (one.run(x).to_bits() as u64) << 32 | two.run(x).to_bits() as u64;
            sum = sum.rotate_left(7) ^ both;
        }
        one.reset_state();
        let old = two.replace_coefficients(found);
        sum = sum.wrapping_mul(31) ^ one.run(1.0).to_bits() as u64 ^ old.a1.to_bits() as u64;
    }
    sum
}
