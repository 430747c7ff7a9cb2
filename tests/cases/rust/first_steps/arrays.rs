//! An array: made, indexed, changed, passed by reference, with an index that is out of bounds.
//# inputs: 0 1 2 3 4
fn at(a: &[u64; 4], i: u64) -> u64 { a[i as usize] }
pub fn run(input: u64) -> u64 {
    let mut a = [10, 20, 30, 40];
    a[2] = input;
    a[1] += a[2];
    let b = a;
    a[0] = 1;
    at(&a, input) + at(&b, 0) * 100 + b.len() as u64
}
