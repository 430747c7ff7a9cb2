//! Sixteen voices that read a table of 2,048 samples with linear interpolation, and are mixed.

const SIZE: usize = 2048;

#[derive(Clone, Copy)]
struct Voice {
    phase: f32,
    step: f32,
    gain: f32,
}

impl Voice {
    fn next(&mut self, table: &[f32; SIZE]) -> f32 {
        let index = self.phase as usize;
        let part = self.phase - index as f32;
        let (a, b) = (table[index % SIZE], table[(index + 1) % SIZE]);
        self.phase += self.step;
        if self.phase >= SIZE as f32 {
            self.phase -= SIZE as f32;
        }
        (a + (b - a) * part) * self.gain
    }
}

pub fn run(input: u64) -> u64 {
    let mut table = [0.0; SIZE];
    for (number, sample) in table.iter_mut().enumerate() {
        let x = number as f32 / 1024.0 - 1.0;
        *sample = 4.0 * x * (1.0 - if x < 0.0 { -x } else { x });
    }
    let mut voices = [Voice { phase: 0.0, step: 0.0, gain: 1.0 / 16.0 }; 16];
    for (number, voice) in voices.iter_mut().enumerate() {
        voice.step = 3.1 + number as f32 * 1.37 + (input % 7) as f32;
    }
    let mut sum = 0u64;
    for _ in 0..3000 {
        let mut mixed = 0.0;
        for voice in &mut voices {
            mixed += voice.next(&table);
        }
        sum ^= mixed.to_bits() as u64;
    }
    sum
}
