//! Iterators from both ends: next_back, rev of chains, zips and enumerations, exact sizes, nth_back.
pub fn run(input: u64) -> u64 {
    let a = [1u64, 2, 3, 4, 5, 6, 7, 8];
    let mut both = a.iter();
    let mut sum = 0;
    while let (Some(x), Some(y)) = (both.next(), both.next_back()) {
        sum = sum * 10 + x * y % 10;
        if *x == input { break }
    }
    sum = sum * 100 + both.len() as u64;
    for (i, x) in a.iter().enumerate().rev().skip(input as usize).step_by(3) { sum = sum * 7 + i as u64 * x; }
    let mut range = (input..20).rev().filter(|x| x % 3 == 0);
    sum = sum * 31 + range.next().unwrap_or(0) + range.next_back().unwrap_or(0);
    let mut chained = a[..3].iter().chain(&a[5..]).rev();
    sum = sum * 31 + chained.nth(input as usize).copied().unwrap_or(70) + chained.len_left();
    let zipped = a.iter().zip(10u32..15).rev().map(|(x, y)| x * y as u64);
    sum = sum * 31 + zipped.take(2).sum::<u64>();
    let (low, high) = a.iter().skip(2).step_by(2).size_hint();
    sum * 31 + low as u64 + high.map_or(0, |h| h as u64) + a.iter().nth_back(1).copied().unwrap_or(0)
}
trait LenLeft { fn len_left(self) -> u64; }
impl<I: Iterator> LenLeft for I { fn len_left(self) -> u64 { self.count() as u64 } }
