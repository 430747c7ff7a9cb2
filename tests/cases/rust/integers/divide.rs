//! Division and remainder: signs, the smallest number by minus one, zero.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10 11 12 13
pub fn run(input: u64) -> u64 {
    let pairs: [(i64, i64); 8] =
        [(7, 2), (-7, 2), (7, -2), (-7, -2), (i64::MIN, 1), (i64::MAX, -1), (0, 5), (-1, 3)];
    if input < 8 {
        let (a, b) = pairs[input as usize];
        let (q, r) = (a / b, a % b);
        let small = (a as i32).wrapping_div(b as i32) as u64;
        return (q as u64).wrapping_mul(1_000_003) ^ (r as u64).wrapping_mul(31) ^ small << 1;
    }
    let zero = input - input;
    let minus = -(1 + zero as i64);
    match input {
        8 => input / zero,
        9 => input % zero,
        10 => (i32::MIN / minus as i32) as u64,
        11 => (i32::MIN % minus as i32) as u64,
        12 => (5i8 / zero as i8) as u64,
        _ => (i128::MIN / minus as i128) as u64,
    }
}
