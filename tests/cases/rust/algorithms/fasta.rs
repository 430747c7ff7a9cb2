//! Random nucleotides by cumulative probabilities, with the benchmark's generator, and their counts.
//# inputs: 0 1 100 500
struct Random(u32);
impl Random {
    fn next(&mut self, max: f32) -> f32 {
        self.0 = (self.0 * 3877 + 29573) % 139968;
        max * self.0 as f32 / 139968.0
    }
}
const IUB: [(u8, f32); 15] = [
    (b'a', 0.27), (b'c', 0.12), (b'g', 0.12), (b't', 0.27), (b'B', 0.02), (b'D', 0.02), (b'H', 0.02), (b'K', 0.02), (b'M', 0.02),
    (b'N', 0.02), (b'R', 0.02), (b'S', 0.02), (b'V', 0.02), (b'W', 0.02), (b'Y', 0.02),
];
fn cumulative<const N: usize>(table: &[(u8, f32); N]) -> [(u8, f32); N] {
    let mut sum = 0.0;
    table.map(|(c, p)| { sum += p; (c, sum) })
}
pub fn run(input: u64) -> u64 {
    let table = cumulative(&IUB);
    let mut random = Random(42);
    let mut counts = [0u32; 128];
    let mut line = [0u8; 60];
    let mut hash = 0u64;
    for n in 0..input as usize {
        let r = random.next(1.0);
        let c = table.iter().find(|(_, p)| r < *p).map_or(b'Y', |(c, _)| *c);
        counts[c as usize] += 1;
        line[n % 60] = c;
        if n % 60 == 59 { hash = line.iter().fold(hash, |h, b| h.wrapping_mul(31) + *b as u64); }
    }
    counts.iter().enumerate().fold(hash, |h, (i, n)| h.wrapping_mul(7) + i as u64 * *n as u64)
}
