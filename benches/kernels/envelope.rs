//! Eight envelopes of attack, decay, sustain and release with exponential curves, over gates of their own.

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Idle,
    Attack,
    Decay,
    Sustain,
    Release,
}

#[derive(Clone, Copy)]
struct Envelope {
    stage: Stage,
    level: f32,
    rate: f32,
}

impl Envelope {
    fn next(&mut self, gate: bool) -> f32 {
        self.stage = match (gate, self.stage) {
            (true, Stage::Idle | Stage::Release) => Stage::Attack,
            (false, Stage::Attack | Stage::Decay | Stage::Sustain) => Stage::Release,
            (_, stage) => stage,
        };
        match self.stage {
            Stage::Idle => self.level = 0.0,
            Stage::Attack => {
                self.level += (1.2 - self.level) * self.rate;
                if self.level >= 1.0 {
                    self.level = 1.0;
                    self.stage = Stage::Decay;
                }
            }
            Stage::Decay => {
                self.level += (0.5 - self.level) * self.rate * 0.5;
                if self.level < 0.501 {
                    self.stage = Stage::Sustain;
                }
            }
            Stage::Sustain => self.level = 0.5,
            Stage::Release => {
                self.level -= self.level * self.rate * 0.3;
                if self.level < 0.0001 {
                    self.stage = Stage::Idle;
                }
            }
        }
        self.level
    }
}

pub fn run(input: u64) -> u64 {
    let mut envelopes = [Envelope { stage: Stage::Idle, level: 0.0, rate: 0.0 }; 8];
    for (number, envelope) in envelopes.iter_mut().enumerate() {
        envelope.rate = 0.01 + number as f32 * 0.003;
    }
    let mut sum = 0u64;
    for sample in 0..6000u32 {
        let mut mixed = 0.0;
        for (number, envelope) in envelopes.iter_mut().enumerate() {
            let gate = (sample + input as u32) / (300 + 70 * number as u32) % 3 != 2;
            mixed += envelope.next(gate);
        }
        sum = sum.rotate_left(1) ^ mixed.to_bits() as u64;
    }
    sum
}
