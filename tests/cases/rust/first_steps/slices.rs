//! Slices: of arrays, by range, their length, first and last, and a loop over them.
fn sum(s: &[u32]) -> u64 { let mut t = 0; for x in s { t += *x as u64; } t + s.len() as u64 }
pub fn run(input: u64) -> u64 {
    let a = [1, 2, 3, 4, 5u32];
    let n = input as usize;
    let first = match a[n..].first() { Some(x) => *x as u64, None => 0 };
    sum(&a) + sum(&a[n..]) * 100 + sum(&a[1..4]) * 10_000 + first
}
