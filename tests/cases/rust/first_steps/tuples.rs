//! Tuples: made, taken apart, returned, nested.
fn both(n: u64) -> (u64, bool) { (n * 2, n > 1) }
pub fn run(input: u64) -> u64 {
    let (x, big) = both(input);
    let nested = (x, (big, [1u8, 2]), 3.5f32);
    let (a, (b, [c, _]), d) = nested;
    a * 100 + b as u64 * 10 + c as u64 + d as u64 * 1000
}
