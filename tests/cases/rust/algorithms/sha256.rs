//! SHA-256 of messages that span blocks, with its constants computed from square and cube roots of primes.
//# inputs: 0 1 3 55 56 64 120
const fn primes() -> [u32; 64] {
    let mut found = [0; 64];
    let (mut n, mut count) = (2, 0);
    while count < 64 {
        let (mut d, mut prime) = (2, true);
        while d * d <= n { if n % d == 0 { prime = false } d += 1; }
        if prime { found[count] = n; count += 1; }
        n += 1;
    }
    found
}
const PRIMES: [u32; 64] = primes();
/// 32 bits behind the point of the cube root (or square root) of a small number.
fn root(n: u32, power: u32) -> u32 {
    let (mut low, mut high) = (0u128, 1u128 << 40);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if middle.pow(power) <= (n as u128) << (32 * power) { low = middle } else { high = middle }
    }
    low as u32
}
fn compress(state: &mut [u32; 8], block: &[u8], k: &[u32; 64]) {
    let mut w = [0u32; 64];
    for (i, c) in block.chunks_exact(4).enumerate() { w[i] = u32::from_be_bytes([c[0], c[1], c[2], c[3]]); }
    for i in 16..64 {
        let s0 = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ w[i - 15] >> 3;
        let s1 = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for i in 0..64 {
        let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let t1 = h.wrapping_add(s1).wrapping_add(e & f ^ !e & g).wrapping_add(k[i]).wrapping_add(w[i]);
        let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let t2 = s0.wrapping_add(a & b ^ a & c ^ b & c);
        (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(t1), c, b, a, t1.wrapping_add(t2));
    }
    for (s, x) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) { *s = s.wrapping_add(x); }
}
pub fn run(input: u64) -> u64 {
    let mut k = [0; 64];
    let mut state = [0; 8];
    for (i, p) in PRIMES.iter().enumerate() { k[i] = root(*p, 3); }
    for (i, s) in state.iter_mut().enumerate() { *s = root(PRIMES[i], 2); }
    let mut message = [0u8; 256];
    let length = input as usize;
    for i in 0..length { message[i] = b'a' + (i % 26) as u8; }
    message[length] = 0x80;
    let blocks = (length + 9).div_ceil(64);
    message[blocks * 64 - 8..blocks * 64].copy_from_slice(&(input * 8).to_be_bytes());
    for block in message[..blocks * 64].chunks_exact(64) { compress(&mut state, block, &k); }
    (state[0] as u64) << 32 ^ state[1] as u64 ^ (state[7] as u64) << 16
}
