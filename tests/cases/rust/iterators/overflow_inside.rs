//! Sums, products, counts and ranges that overflow inside of library code.
//# inputs: 0 1 2 3 4 5
pub fn run(input: u64) -> u64 {
    let big = [200u8, 50, 60, input as u8];
    match input {
        0 => big.iter().sum::<u8>() as u64,
        1 => big.iter().map(|x| *x as u64).sum::<u64>(),
        2 => (0..10).map(|x| big[x % 3].wrapping_mul(x as u8)).fold(0, |a: u64, x| a * 3 + x as u64),
        3 => (250u8..=255).map(u64::from).sum(),
        4 => (0..u64::MAX).step_by(usize::MAX).map(|x| x >> 60).sum::<u64>() + (250..u8::MAX).len() as u64,
        _ => (1..=20u64).product::<u64>() ^ (i8::MIN..=i8::MAX).map(|x| x as i64).sum::<i64>() as u64,
    }
}
