//! Order of evaluation in sums of floats is kept: no reassociation.
//# inputs: 1 2 3 10 100
pub fn run(input: u64) -> u64 {
    let mut forward = 0.0f64;
    let mut backward = 0.0f64;
    let mut single = 0.0f32;
    let mut alternating = 0.0f64;
    let mut n = 1;
    while n <= input {
        forward += 1.0 / n as f64;
        backward += 1.0 / (input + 1 - n) as f64;
        single += 0.1;
        alternating = (alternating + 1e16) + 1.0 - 1e16;
        n += 1;
    }
    let mixed = (0.1 + 0.2) + 0.3 == 0.1 + (0.2 + 0.3);
    forward.to_bits() ^ backward.to_bits().rotate_left(13) ^ (single.to_bits() as u64) << 7
        ^ alternating.to_bits().rotate_left(31) ^ mixed as u64
}
