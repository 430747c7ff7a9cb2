//! Slice patterns: fixed, with rest at every position, bound rests, nested, by reference and by value.
//# inputs: 0 1 2 3 4 5 6 7
fn kind(s: &[u8]) -> u64 {
    match s {
        [] => 1,
        [x] => 10 + *x as u64,
        [0, rest @ ..] => 100 + rest.len() as u64,
        [first, .., last] if first == last => 200 + *first as u64,
        [.., 5] => 300,
        [a, middle @ .., b] => 400 + *a as u64 * 3 + middle.len() as u64 * 5 + *b as u64,
    }
}
fn change(s: &mut [u8]) {
    if let [a, .., b] = s {
        std::mem::swap(a, b);
        *a += 1;
    }
}
pub fn run(input: u64) -> u64 {
    let all = [3u8, 0, 9, 4, 5, 3, 7, 3];
    let n = input as usize;
    let mut sum = kind(&all[n..]) + kind(&all[..n]) * 1000 + kind(&all[1..=n.max(1)]) * 1_000_000;
    let mut copy = all;
    change(&mut copy[..n]);
    let [a, b, rest @ ..] = copy;
    let [.., [x, y], _] = [[1, 2], [a, b], [5, 6]];
    sum = sum * 7 + x as u64 * 11 + y as u64 + rest[5] as u64 + rest.len() as u64;
    if let [_, second, ..] = &all[n / 2..] && *second > 3 {
        sum += *second as u64 * 77;
    }
    sum
}
