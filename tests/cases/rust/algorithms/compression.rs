//! Run lengths, LZ77 with a small window, Huffman code lengths, varints and zigzag, delta coding; each there and back.
//# inputs: 0 1 2 3
fn lz(data: &[u8], out: &mut [(u8, u8, u8); 64]) -> usize {
    let (mut at, mut n) = (0, 0);
    while at < data.len() {
        let (mut best, mut back) = (0, 0);
        for d in 1..=at.min(15) { let len = (0..data.len() - at - 1).take(15).take_while(|i| data[at + i] == data[at + i - d]).count(); if len > best { (best, back) = (len, d); } }
        out[n] = (back as u8, best as u8, data[at + best]);
        n += 1;
        at += best + 1;
    }
    n
}
fn unlz(codes: &[(u8, u8, u8)], out: &mut [u8; 64]) -> usize { let mut n = 0; for (back, len, next) in codes { for _ in 0..*len { out[n] = out[n - *back as usize]; n += 1; } out[n] = *next; n += 1; } n }
fn lengths(counts: &[u32; 8]) -> [u8; 8] {
    let mut nodes = [(0u32, 0u8); 16];
    for (i, c) in counts.iter().enumerate() { nodes[i] = (*c, 1 << i); }
    let (mut live, mut lengths) = (8, [0u8; 8]);
    while live > 1 {
        nodes[..live].sort_unstable_by(|a, b| b.cmp(a));
        let (a, b) = (nodes[live - 1], nodes[live - 2]);
        for (i, l) in lengths.iter_mut().enumerate() { *l += ((a.1 | b.1) >> i & 1) as u8; }
        live -= 1;
        nodes[live - 1] = (a.0 + b.0, a.1 | b.1);
    }
    lengths
}
fn varint(mut x: u64, out: &mut [u8; 10]) -> usize { let mut n = 0; loop { let low = (x & 127) as u8; x >>= 7; out[n] = low | if x > 0 { 128 } else { 0 }; n += 1; if x == 0 { return n } } }
fn unvarint(bytes: &[u8]) -> u64 { bytes.iter().rev().fold(0, |x, b| x << 7 | (b & 127) as u64) }
fn zigzag(x: i64) -> u64 { (x << 1 ^ x >> 63) as u64 }
pub fn run(input: u64) -> u64 {
    let text = [&b"abababababab"[..], b"aaaaaaaaaaaaaaaaaaaaaa", b"the cat sat on the mat with the hat", b"x"][input as usize];
    let (mut codes, mut back) = ([(0, 0, 0); 64], [0; 64]);
    let n = lz(text, &mut codes);
    let len = unlz(&codes[..n], &mut back);
    assert!(&back[..len] == text, "it comes back");
    let mut counts = [1; 8];
    for b in text { counts[*b as usize % 8] += 1; }
    let l = lengths(&counts).iter().fold(0u64, |h, l| h * 16 + *l as u64);
    let mut bytes = [0; 10];
    let number = zigzag(-(input as i64) * 1_000_000_007);
    let used = varint(number, &mut bytes);
    assert!(unvarint(&bytes[..used]) == number, "it comes back");
    codes[..n].iter().fold(l, |h, (a, b, c)| h.wrapping_mul(131) + *a as u64 * 65536 + *b as u64 * 256 + *c as u64) ^ (used as u64) << 60
}
