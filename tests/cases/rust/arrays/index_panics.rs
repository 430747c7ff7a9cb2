//! Indexing out of bounds: arrays and slices, reads and writes, nested, by computed indices.
//# inputs: 0 1 2 3 4 5 6 7
fn far(n: u64) -> usize { n as usize + 3 }
pub fn run(input: u64) -> u64 {
    let mut a = [1u64, 2, 3];
    let slice: &[u64] = &a[1..];
    let n = far(0);
    match input {
        0 => a[n],
        1 => slice[n - 1],
        2 => { a[n + 10] = 7; 1 }
        3 => { a[far(input)] += 1; a[0] }
        4 => [[1u64, 2], [3, 4]][n - 2][n - 1],
        5 => a[usize::MAX - n],
        6 => { let empty: [u64; 0] = []; let s = &empty[..]; s[n - 3] }
        _ => a[n - 1] + slice[n - 2],
    }
}
