//! A Schroeder reverb: combs and allpasses of prime lengths in one buffer, with damping.
//# inputs: 0 1 2
struct Line { start: usize, length: usize, at: usize, low: f32 }
struct Reverb { memory: [f32; 1024], combs: [Line; 4], passes: [Line; 2] }
impl Reverb {
    fn new() -> Reverb {
        let mut used = 0;
        let mut line = |length| { let start = used; used += length; Line { start, length, at: 0, low: 0.0 } };
        let combs = [line(149), line(163), line(173), line(191)];
        Reverb { memory: [0.0; 1024], combs, passes: [line(53), line(31)] }
    }
    fn tick(&mut self, x: f32, damp: f32) -> f32 {
        let Reverb { memory, combs, passes } = self;
        let mut sum = 0.0;
        for line in combs.iter_mut() {
            let slot = &mut memory[line.start + line.at];
            let y = *slot;
            line.low = y * (1.0 - damp) + line.low * damp;
            *slot = x + line.low * 0.84;
            line.at = (line.at + 1) % line.length;
            sum += y;
        }
        passes.iter_mut().fold(sum * 0.25, |x, line| {
            let slot = &mut memory[line.start + line.at];
            let y = *slot - x;
            *slot = x + *slot * 0.5;
            line.at += 1;
            if line.at == line.length { line.at = 0 }
            y
        })
    }
}
pub fn run(input: u64) -> u64 {
    let mut reverb = Reverb::new();
    let mut energy = 0.0f64;
    let mut hash = 0u64;
    for n in 0..900u32 {
        let x = if n % 211 == 0 { 1.0 } else { 0.0 };
        let y = reverb.tick(x, 0.1 + input as f32 * 0.2);
        energy += (y * y) as f64;
        hash = hash.rotate_left(1) ^ y.to_bits() as u64;
    }
    hash ^ energy.to_bits()
}
