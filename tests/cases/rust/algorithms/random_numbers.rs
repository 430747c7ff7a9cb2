//! xorshift, PCG, splitmix, a Mersenne twister of few rounds, and a shuffle.
//# inputs: 0 1 42 18446744073709551615
struct Xorshift(u64);
impl Iterator for Xorshift {
    type Item = u64;
    fn next(&mut self) -> Option<u64> { self.0 ^= self.0 << 13; self.0 ^= self.0 >> 7; self.0 ^= self.0 << 17; Some(self.0) }
}
struct Pcg { state: u64, step: u64 }
impl Pcg {
    fn next(&mut self) -> u32 {
        let old = self.state;
        self.state = old.wrapping_mul(6364136223846793005).wrapping_add(self.step | 1);
        let x = ((old >> 18 ^ old) >> 27) as u32;
        x.rotate_right((old >> 59) as u32)
    }
    fn below(&mut self, n: u32) -> u32 { ((self.next() as u64 * n as u64) >> 32) as u32 }
    fn unit(&mut self) -> f64 { self.next() as f64 / (u32::MAX as f64 + 1.0) }
}
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (*state ^ *state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}
fn twister(seed: u32) -> u32 {
    let mut mt = [0u32; 624];
    mt[0] = seed;
    for i in 1..624 { mt[i] = 1812433253u32.wrapping_mul(mt[i - 1] ^ mt[i - 1] >> 30).wrapping_add(i as u32); }
    for i in 0..624 {
        let y = mt[i] & 0x8000_0000 | mt[(i + 1) % 624] & 0x7fff_ffff;
        mt[i] = mt[(i + 397) % 624] ^ y >> 1 ^ if y & 1 == 1 { 0x9908_b0df } else { 0 };
    }
    let mut y = mt[0];
    y ^= y >> 11; y ^= y << 7 & 0x9d2c_5680; y ^= y << 15 & 0xefc6_0000;
    y ^ y >> 18
}
pub fn run(input: u64) -> u64 {
    let mut pcg = Pcg { state: input, step: 54 };
    let mut deck: [u8; 52] = std::array::from_fn(|i| i as u8);
    for i in (1..52).rev() { deck.swap(i, pcg.below(i as u32 + 1) as usize); }
    let mut state = input;
    let mean = (0..50).map(|_| pcg.unit()).sum::<f64>() / 50.0;
    let x = Xorshift(input | 1).skip(10).take(5).fold(0, |a, b| a ^ b.rotate_left(9));
    let s = splitmix(&mut state) ^ splitmix(&mut state);
    deck.iter().fold(0u64, |h, c| h.wrapping_mul(53) + *c as u64) ^ mean.to_bits() ^ x ^ s ^ twister(input as u32) as u64
}
