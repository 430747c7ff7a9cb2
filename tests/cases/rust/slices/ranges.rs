//! Slicing by every kind of range, empty ones at the ends, and of slices again.
//# inputs: 0 1 2 3 4 5
fn sum(s: &[u32]) -> u64 { s.iter().fold(s.len() as u64, |a, x| a * 11 + *x as u64) }
pub fn run(input: u64) -> u64 {
    let all = [5u32, 6, 7, 8, 9];
    let n = input as usize;
    let s = &all[..];
    let mut total = sum(&s[n..]) + sum(&s[..n]) * 3 + sum(&s[n / 2..n]) * 5;
    if n < 5 {
        total += sum(&s[n..=4]) * 7 + sum(&s[..=n]) * 11;
        total += sum(&s[n..][1..]) * 13 + sum(&s[..5][n..][..1]) * 17;
    }
    let range = n / 3..n / 2 + 2;
    total += sum(&s[range.clone()]) * 19 + sum(&s[range.start..]);
    let mut copy = all;
    let (left, right) = copy.split_at_mut(n);
    for x in left.iter_mut().chain(right.iter_mut().take(1)) {
        *x *= 10;
    }
    total + sum(&copy) * 23 + sum(s.get(n..n + 2).unwrap_or(&[1])) + sum(s.get(..9).unwrap_or_default())
}
