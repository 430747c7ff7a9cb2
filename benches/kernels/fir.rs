//! A filter of 64 taps over a ring of samples that is kept twice, so that each window is one slice.

const TAPS: usize = 64;

struct Filter {
    taps: [f32; TAPS],
    history: [f32; TAPS * 2],
    at: usize,
}

impl Filter {
    fn tick(&mut self, x: f32) -> f32 {
        self.history[self.at] = x;
        self.history[self.at + TAPS] = x;
        self.at = (self.at + 1) % TAPS;
        let window = &self.history[self.at..self.at + TAPS];
        window.iter().zip(&self.taps).map(|(x, tap)| x * tap).sum()
    }
}

pub fn run(input: u64) -> u64 {
    let mut filter = Filter { taps: [0.0; TAPS], history: [0.0; TAPS * 2], at: 0 };
    for (number, tap) in filter.taps.iter_mut().enumerate() {
        *tap = 1.0 / (1.0 + number as f32);
    }
    let mut seed = input as u32;
    let mut sum = 0;
    for _ in 0..8000 {
        seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
        let x = (seed >> 8) as f32 / 8388608.0 - 1.0;
        sum ^= filter.tick(x).to_bits() as u64;
    }
    sum
}
