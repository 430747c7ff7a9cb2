//! An ADSR envelope as a state machine, with retriggering and release from every stage.
//# inputs: 0 1 20 75 140
#[derive(Clone, Copy, PartialEq)]
enum Stage { Idle, Attack { step: f32 }, Decay, Sustain, Release { from: f32, left: u32 } }
struct Adsr { stage: Stage, level: f32, attack: f32, decay: f32, sustain: f32, release: u32 }
impl Adsr {
    fn gate(&mut self, on: bool) {
        self.stage = match (on, self.stage) {
            (true, _) => Stage::Attack { step: (1.0 - self.level) / self.attack },
            (false, Stage::Idle | Stage::Release { .. }) => self.stage,
            (false, _) => Stage::Release { from: self.level, left: self.release },
        };
    }
    fn tick(&mut self) -> f32 {
        match &mut self.stage {
            Stage::Idle => self.level = 0.0,
            Stage::Attack { step } => {
                self.level += *step;
                if self.level >= 1.0 { self.level = 1.0; self.stage = Stage::Decay; }
            }
            Stage::Decay => {
                self.level -= (1.0 - self.sustain) / self.decay;
                if self.level <= self.sustain { self.level = self.sustain; self.stage = Stage::Sustain; }
            }
            Stage::Sustain => {}
            Stage::Release { left: 0, .. } => { self.stage = Stage::Idle; self.level = 0.0; }
            Stage::Release { from, left } => { *left -= 1; self.level = *from * *left as f32 / self.release as f32; }
        }
        self.level
    }
}
pub fn run(input: u64) -> u64 {
    let mut envelope = Adsr { stage: Stage::Idle, level: 0.0, attack: 17.0, decay: 30.0, sustain: 0.6, release: 50 };
    let mut hash = 1u64;
    for n in 0..300 {
        if n == 3 || n == 160 + input { envelope.gate(true) }
        if n == 3 + input || n == 250 { envelope.gate(false) }
        hash = hash.rotate_left(3) ^ envelope.tick().to_bits() as u64;
    }
    hash ^ (envelope.stage == Stage::Idle) as u64
}
