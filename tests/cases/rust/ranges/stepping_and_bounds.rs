//! step_by with remainders, ranges of chars and i128, inclusive ends reached, nth and skips past the end, sizes of ranges.
pub fn run(input: u64) -> u64 {
    let n = input as i32;
    let a = (-10 + n..10).step_by(4).map(|x| x as i64).fold(0, |h, x| h * 5 + x);
    let b = (0..=20u8).rev().step_by(6).map(u64::from).fold(0, |h, x| h * 21 + x);
    let mut r = 3..=9u64;
    let c = r.nth(2).unwrap_or(0) * 10 + r.next_back().unwrap_or(0) + r.clone().count() as u64 * 100 + r.nth(input as usize).unwrap_or(77) * 1000;
    let d = ('x'..='~').chain('a'..'d').rev().step_by(2).map(|c| c as u64).sum::<u64>();
    let e = (i128::MAX - 2..=i128::MAX).map(|x| x as u64 & 0xff).sum::<u64>() + (-1i8..).take(3).map(|x| x as u8 as u64).sum::<u64>();
    let f = [(5..3).len(), (0..n as usize).len(), (0..=3u8).size_hint().0, (1..4).skip(5).count(), (0..10).skip(3).step_by(3).len()].iter().fold(0, |h, x| h * 11 + *x as u64);
    let g = (0..3).min().unwrap_or(9) + (0..3 + n).max().unwrap_or(9) + (4..=4).sum::<i32>() + (1..=n).product::<i32>();
    let h = (0..5).contains(&n) as u64 + (..=2).contains(&n) as u64 * 2 + (2..).contains(&n) as u64 * 4 + (5..=1).is_empty() as u64 * 8;
    (a as u64) ^ b << 20 ^ c << 40 ^ d << 8 ^ e << 50 ^ f << 30 ^ (g as u64) << 56 ^ h << 60
}
