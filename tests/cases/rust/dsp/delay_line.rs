//! A delay line with feedback and fractional reading, as a ring over an array.
//# inputs: 0 1 2 5 63
struct Delay<const N: usize> { ring: [f32; N], at: usize }
impl<const N: usize> Delay<N> {
    const MASK: usize = { assert!(N.is_power_of_two(), "a power of two"); N - 1 };
    fn push(&mut self, x: f32) { self.ring[self.at & Self::MASK] = x; self.at = self.at.wrapping_add(1); }
    fn read(&self, delay: f32) -> f32 {
        let whole = delay.floor();
        let part = delay - whole;
        let back = |n: usize| self.ring[self.at.wrapping_sub(n + 1) & Self::MASK];
        let n = whole as usize;
        back(n) * (1.0 - part) + back(n + 1) * part
    }
}
pub fn run(input: u64) -> u64 {
    let mut delay = Delay::<64> { ring: [0.0; 64], at: 60 };
    let mut phase = 0.0f32;
    let mut hash = 0u64;
    for n in 0..500u32 {
        phase = (phase + 0.013 * (1 + input) as f32).fract();
        let dry = if n % 37 == 0 { 1.0 } else { phase - 0.5 };
        let time = 20.5 + 10.0 * (phase * std::f32::consts::TAU).sin();
        let wet = delay.read(time);
        delay.push(dry + wet * 0.6);
        hash = hash.rotate_left(7) ^ (dry * 0.5 + wet).to_bits() as u64;
    }
    hash
}
