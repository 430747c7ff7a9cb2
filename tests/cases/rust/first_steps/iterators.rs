//! Iterators over an array: map, filter, sum, fold, enumerate.
pub fn run(input: u64) -> u64 {
    let a = [3, 1, 4, 1, 5, input];
    let s: u64 = a.iter().map(|x| x * 2).filter(|x| x % 4 == 2).sum();
    let f = a.iter().fold(0, |h, x| h * 7 + x);
    let mut e = 0;
    for (i, x) in a.iter().enumerate() { e += i as u64 * x; }
    s + f * 100 + e * 100_000_000
}
