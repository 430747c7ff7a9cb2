//! Subtraction, multiplication and negation that overflow, signed and unsigned.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10 11
fn two(input: u64) -> u64 {
    if input > 1000 { 0 } else { 2 }
}
pub fn run(input: u64) -> u64 {
    let x = two(input);
    match input {
        0 => (1 - x as u8) as u64,
        1 => (i8::MIN + 1 - x as i8) as u64,
        2 => 1 - x,
        3 => (i64::MIN + 1 - x as i64) as u64,
        4 => (128u8 * x as u8) as u64,
        5 => (-65i8 * x as i8) as u64,
        6 => (64i8 * -(x as i8)) as u64,
        7 => u64::MAX / 2 * x + x,
        8 => (i32::MIN * x as i32) as u64,
        9 => (-(i16::MIN + x as i16 - 2)) as u64,
        10 => (-(i64::MIN + x as i64)) as u64,
        _ => ((i128::MAX / 2 + 1) * x as i128) as u64,
    }
}
