//! FNV-1a, murmur finaliser, siphash rounds and djb2 over texts.
//# inputs: 0 1 2 3 4
fn fnv(data: &[u8]) -> u64 { data.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ *b as u64).wrapping_mul(0x0100_0000_01b3)) }
fn murmur(mut k: u64) -> u64 {
    k ^= k >> 33;
    k = k.wrapping_mul(0xff51_afd7_ed55_8ccd);
    k ^= k >> 33;
    k = k.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    k ^ k >> 33
}
fn round(v: &mut [u64; 4]) {
    v[0] = v[0].wrapping_add(v[1]); v[2] = v[2].wrapping_add(v[3]);
    v[1] = v[1].rotate_left(13) ^ v[0]; v[3] = v[3].rotate_left(16) ^ v[2];
    v[0] = v[0].rotate_left(32);
    v[2] = v[2].wrapping_add(v[1]); v[0] = v[0].wrapping_add(v[3]);
    v[1] = v[1].rotate_left(17) ^ v[2]; v[3] = v[3].rotate_left(21) ^ v[0];
    v[2] = v[2].rotate_left(32);
}
fn sip(data: &[u8], k0: u64, k1: u64) -> u64 {
    let mut v = [k0 ^ 0x736f_6d65_7073_6575, k1 ^ 0x646f_7261_6e64_6f6d, k0 ^ 0x6c79_6765_6e65_7261, k1 ^ 0x7465_6462_7974_6573];
    let mut chunks = data.chunks_exact(8);
    for chunk in &mut chunks {
        let m = u64::from_le_bytes(chunk.try_into().expect("eight bytes"));
        v[3] ^= m; round(&mut v); round(&mut v); v[0] ^= m;
    }
    let last = chunks.remainder().iter().rev().fold((data.len() as u64) << 56, |m, b| m | *b as u64).rotate_left(0);
    v[3] ^= last; round(&mut v); round(&mut v); v[0] ^= last;
    v[2] ^= 0xff;
    for _ in 0..4 { round(&mut v); }
    v.iter().fold(0, |a, b| a ^ b)
}
fn djb2(text: &str) -> u32 { text.chars().fold(5381u32, |h, c| (h << 5).wrapping_add(h) ^ c as u32) }
pub fn run(input: u64) -> u64 {
    let text = ["", "a", "segue", "The quick brown fox jumps", "größer"][input as usize];
    fnv(text.as_bytes()) ^ murmur(input + 1).rotate_left(11) ^ sip(text.as_bytes(), input, 7).rotate_left(23) ^ djb2(text) as u64
}
