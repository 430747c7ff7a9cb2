//! A seeded search over permutations: swaps, acceptance by exp, cooling, with floats that must agree to the last bit.
//# inputs: 1 2 3
struct Random(u64);
impl Random { fn next(&mut self) -> u64 { self.0 ^= self.0 << 13; self.0 ^= self.0 >> 7; self.0 ^= self.0 << 17; self.0 } fn unit(&mut self) -> f64 { (self.next() >> 11) as f64 / (1u64 << 53) as f64 } fn below(&mut self, n: usize) -> usize { (self.next() % n as u64) as usize } }
const N: usize = 10;
fn length(order: &[u8; N], places: &[(f64, f64); N]) -> f64 { (0..N).map(|i| { let (a, b) = (places[order[i] as usize], places[order[(i + 1) % N] as usize]); ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt() }).sum() }
pub fn run(input: u64) -> u64 {
    let mut random = Random(input.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let places: [(f64, f64); N] = std::array::from_fn(|_| (random.unit() * 100.0, random.unit() * 100.0));
    let mut order: [u8; N] = std::array::from_fn(|i| i as u8);
    let mut now = length(&order, &places);
    let (mut best, mut heat, mut taken) = ((now, order), 50.0f64, 0u32);
    while heat > 0.5 {
        for _ in 0..10 {
            let (mut i, mut j) = (random.below(N), random.below(N));
            if i > j { (i, j) = (j, i); }
            let mut other = order;
            other[i..=j].reverse();
            let then = length(&other, &places);
            if then < now || random.unit() < ((now - then) / heat).exp() { (order, now) = (other, then); taken += 1; }
            if now < best.0 { best = (now, order); }
        }
        heat *= 0.95;
    }
    best.0.to_bits() ^ (taken as u64) << 40 ^ best.1.iter().fold(0u64, |h, c| h * 11 + *c as u64)
}
