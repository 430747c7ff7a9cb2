//! Two-pointer walks: merging sorted slices, partitions, reversal of words, three-way splits, in place.
fn merge(a: &[u32], b: &[u32], out: &mut [u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let Some(x) = match (a.get(i), b.get(j)) { (Some(x), Some(y)) if x <= y => { i += 1; Some(x) } (_, Some(y)) => { j += 1; Some(y) } (x, None) => { i += 1; x } } { out[n] = *x; n += 1; }
    n
}
fn reverse_words(s: &mut [u8]) { s.reverse(); for word in s.split_mut(|c| *c == b' ') { word.reverse(); } }
fn flag(a: &mut [u32], pivot: u32) -> (usize, usize) {
    let (mut low, mut i, mut high) = (0, 0, a.len());
    while i < high {
        match a[i].cmp(&pivot) {
            std::cmp::Ordering::Less => { a.swap(low, i); low += 1; i += 1; }
            std::cmp::Ordering::Equal => i += 1,
            std::cmp::Ordering::Greater => { high -= 1; a.swap(i, high); }
        }
    }
    (low, high)
}
fn longest_run(a: &[u32]) -> &[u32] {
    let mut best = &a[..0];
    let mut start = 0;
    for end in 1..=a.len() { if end == a.len() || a[end] < a[end - 1] { if end - start > best.len() { best = &a[start..end]; } start = end; } }
    best
}
pub fn run(input: u64) -> u64 {
    let n = input as u32;
    let (a, b) = ([1, 4, 4 + n, 9], [0, 4, 7, 8 + n, 20]);
    let mut out = [0; 9];
    let used = merge(&a, &b, &mut out);
    let mut text = *b"the quick  brown fox";
    reverse_words(&mut text[n as usize..]);
    let mut mixed = [5, 2, 9, 5, 1, 5, 7 - n, 3, 8];
    let (low, high) = flag(&mut mixed, 5);
    let hash = out[..used].iter().chain(&mixed).fold(0u64, |h, x| h.wrapping_mul(23) + *x as u64);
    text.iter().fold(hash, |h, c| h.rotate_left(5) ^ *c as u64) ^ (low as u64) << 50 ^ (high as u64) << 55 ^ longest_run(&[1, 2, n, 3, 3, 4, n * 2, 9]).len() as u64
}
