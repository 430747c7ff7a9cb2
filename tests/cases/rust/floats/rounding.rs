//! floor, ceil, round, trunc, fract and round to even, at halves and signs.
//# inputs: 0 1 2 3 4 5 6 7 8 9
pub fn run(input: u64) -> u64 {
    let values = [0.5f64, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, 4503599627370497.5, -0.2, 1e300, 7.0];
    let x = values[input as usize];
    let y = x as f32;
    let mut sum = 0u64;
    for r in [x.floor(), x.ceil(), x.round(), x.trunc(), x.fract(), x.round_ties_even()] {
        sum = sum.rotate_left(11) ^ r.to_bits();
    }
    if y.is_finite() {
        for r in [y.floor(), y.ceil(), y.round(), y.trunc(), y.fract(), y.round_ties_even()] {
            sum = sum.rotate_left(11) ^ r.to_bits() as u64;
        }
    }
    sum
}
