//! Floats from text: what is one, what is none, and which one.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15

const TEXTS: [&str; 16] = [
    "0", "-0.0", "1.5", "+2", ".5", "5.", "1e10", "1E-400", "3.4028236e38", "inf", "-Infinity", "nan", "", " 1", "1e", "0.1000000014901161193847656250001",
];

pub fn run(input: u64) -> u64 {
    let text = TEXTS[input as usize];
    let empty = "".parse::<f32>().err();
    let double = match text.parse::<f64>() {
        Ok(value) if value.is_nan() => 1,
        Ok(value) => value.to_bits(),
        Err(why) => 2 + (Some(why) == empty) as u64,
    };
    let single = match text.parse::<f32>() {
        Ok(value) if value.is_nan() => 1,
        Ok(value) => value.to_bits(),
        Err(_) => 3,
    };
    double ^ (single as u64).rotate_left(40)
}
