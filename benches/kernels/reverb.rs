//! Schroeder's reverberator: four combs side by side with damping, then two allpasses.

const LONGEST: usize = 1664;
const COMBS: [usize; 4] = [1557, 1617, 1491, 1422];
const ALLPASSES: [usize; 2] = [225, 556];

struct Line {
    samples: [f32; LONGEST],
    length: usize,
    at: usize,
    damped: f32,
}

impl Line {
    fn comb(&mut self, x: f32) -> f32 {
        let y = self.samples[self.at];
        self.damped = y * 0.8 + self.damped * 0.2;
        self.samples[self.at] = x + self.damped * 0.84;
        self.forward();
        y
    }

    fn allpass(&mut self, x: f32) -> f32 {
        let late = self.samples[self.at];
        self.samples[self.at] = x + late * 0.5;
        self.forward();
        late - x
    }

    fn forward(&mut self) {
        self.at += 1;
        if self.at == self.length {
            self.at = 0;
        }
    }
}

const fn line(length: usize) -> Line {
    Line { samples: [0.0; LONGEST], length, at: 0, damped: 0.0 }
}

pub fn run(input: u64) -> u64 {
    let mut combs = COMBS.map(line);
    let mut allpasses = ALLPASSES.map(line);
    let mut seed = input as u32;
    let mut sum = 0u64;
    for _ in 0..10_000 {
        seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
        let x = (seed >> 8) as f32 / 8388608.0 - 1.0;
        let mut y = 0.0;
        for comb in &mut combs {
            y += comb.comb(x);
        }
        for allpass in &mut allpasses {
            y = allpass.allpass(y);
        }
        sum = sum.rotate_left(1) ^ y.to_bits() as u64;
    }
    sum
}
