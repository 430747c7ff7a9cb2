//! What the cases find as `prelude`.

pub struct Block {
    pub samples: Vec<f32>,
}

pub struct Sine {
    phase: f32,
}

impl Sine {
    pub fn next(&mut self, step: f32) -> f32 {
        self.phase += step;
        polish(self.phase)
    }
}

fn polish(x: f32) -> f32 {
    x.sin()
}
