//! Methods of slices that look: first, last, contains, starts_with, position, chunks, windows, split.
pub fn run(input: u64) -> u64 {
    let a = [3u64, 1, 4, 1, 5, 9, 2, 6, 5, 3, input];
    let s = &a[..];
    let mut sum = s.first().copied().unwrap_or(0) + s.last().map_or(0, |x| *x * 2);
    sum = sum * 31 + s.contains(&9) as u64 + s.contains(&(input + 10)) as u64 * 2;
    sum = sum * 31 + s.starts_with(&[3, 1]) as u64 + s.ends_with(&[3, 2]) as u64 * 2;
    sum = sum * 31 + s.iter().position(|x| *x == input).unwrap_or(99) as u64;
    for chunk in s.chunks(4) {
        sum = sum.wrapping_mul(31) + chunk.iter().sum::<u64>() * chunk.len() as u64;
    }
    for window in s.windows(3) {
        sum = sum.wrapping_mul(7) + window[0] * window[2];
    }
    for part in s.split(|x| *x == 5) {
        sum = sum.wrapping_mul(13) + part.len() as u64;
    }
    let exact = s.chunks_exact(3);
    sum = sum.wrapping_mul(31) + exact.remainder().len() as u64;
    if let Some((head, tail)) = s.split_first() {
        sum = sum.wrapping_add(*head * 1000 + tail.len() as u64);
    }
    sum.wrapping_add(s.iter().rev().take(2).sum::<u64>())
}
