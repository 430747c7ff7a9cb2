//! pow, isqrt, ilog and abs_diff, with the panics of those that have them.
//# inputs: 0 1 2 3 10 20 21 40 64 255
pub fn run(input: u64) -> u64 {
    let n = input as u32;
    let mut sum = 3u64.wrapping_pow(n) ^ (n as u64).isqrt();
    sum = sum.rotate_left(9) ^ (input as i64 - 30).abs_diff(7);
    sum = sum.rotate_left(9) ^ (input as u8).abs_diff(200) as u64;
    sum = sum.rotate_left(9) ^ (-3i32).wrapping_pow(n) as u64;
    sum = sum.rotate_left(9) ^ (input + 1).ilog2() as u64 ^ ((input + 1).ilog10() as u64) << 8;
    sum = sum.rotate_left(9) ^ (input + 1).next_power_of_two() ^ input.is_power_of_two() as u64;
    sum ^ 9u64.pow(n)
}
