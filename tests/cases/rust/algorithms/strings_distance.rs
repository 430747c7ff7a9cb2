//! Edit distance, longest common subsequence, longest palindrome and run-length coding over bytes.
//# inputs: 0 1 2 3
const WORDS: [&str; 5] = ["kitten", "sitting", "abacabadabacaba", "", "mississippi"];
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row = [0usize; 20];
    for (j, x) in row.iter_mut().enumerate() { *x = j; }
    for (i, x) in a.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = before + (x != y) as usize;
            before = row[j + 1];
            row[j + 1] = cost.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
fn common(a: &[u8], b: &[u8]) -> usize {
    match (a, b) {
        ([], _) | (_, []) => 0,
        ([x, a @ ..], [y, b @ ..]) if x == y => 1 + common(a, b),
        ([_, rest_a @ ..], [_, rest_b @ ..]) => common(rest_a, b).max(common(a, rest_b)),
    }
}
fn palindrome(s: &[u8]) -> &[u8] {
    let mut best = &s[..0];
    for middle in 0..s.len() * 2 {
        let (mut l, mut r) = (middle / 2, middle.div_ceil(2));
        while r < s.len() && s[l] == s[r] {
            if r + 1 - l > best.len() { best = &s[l..=r]; }
            if l == 0 { break }
            l -= 1;
            r += 1;
        }
    }
    best
}
fn encode(s: &[u8], out: &mut [(u8, u8); 16]) -> usize {
    let mut n = 0;
    for c in s {
        match out[..n].last_mut() { Some((last, times)) if last == c => *times += 1, _ => { out[n] = (*c, 1); n += 1; } }
    }
    n
}
pub fn run(input: u64) -> u64 {
    let (a, b) = (WORDS[input as usize].as_bytes(), WORDS[input as usize + 1].as_bytes());
    let short = |s: &'static [u8]| &s[..s.len().min(8)];
    let p = palindrome(b);
    let mut out = [(0, 0); 16];
    let n = encode(b, &mut out);
    let coded = out[..n].iter().fold(0u64, |h, (c, t)| h.wrapping_mul(257) + *c as u64 * *t as u64);
    coded ^ (distance(a, b) as u64) << 50 ^ (common(short(a), short(b)) as u64) << 40 ^ (p.len() as u64) << 56
}
