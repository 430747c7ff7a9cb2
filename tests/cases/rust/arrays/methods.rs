//! Array methods: map, from_fn, as_slice, each_ref, first, last, concatenation by hand, zero length.
use std::array;
pub fn run(input: u64) -> u64 {
    let squares: [u64; 6] = array::from_fn(|i| (i as u64 + input) * i as u64);
    let text = squares.map(|x| x as u8 as char);
    let small = squares.map(|x| (x % 7) as u8);
    let empty: [u64; 0] = [];
    let refs = small.each_ref();
    let total: u64 = refs.iter().map(|x| **x as u64).sum();
    let mut joined = [0u8; 12];
    joined[..6].copy_from_slice(&small);
    joined[6..].copy_from_slice(&small);
    joined[3..9].reverse();
    let nested: [[u8; 2]; 3] = [[1, 2], [3, 4], [5, input as u8]];
    let flat = nested.as_flattened();
    squares.iter().sum::<u64>() + text[5] as u64 * 10 + total * 1000 + empty.len() as u64
        + joined[8] as u64 * 7 + flat[5] as u64 + *squares.last().unwrap_or(&0) + empty.first().copied().unwrap_or(3)
}
