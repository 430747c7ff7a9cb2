//! A small polyphonic synthesiser: voices allocated and stolen, wavetables by mip level, notes to frequencies, a mixer.
//# inputs: 0 1 2 3
const SIZE: usize = 64;
struct Tables { levels: [[f32; SIZE]; 4] }
impl Tables { fn saw() -> Tables { let mut t = Tables { levels: [[0.0; SIZE]; 4] }; for (l, level) in t.levels.iter_mut().enumerate() { for h in 1..=16usize >> l { for (i, x) in level.iter_mut().enumerate() { *x += (std::f32::consts::TAU * (h * i) as f32 / SIZE as f32).sin() / h as f32; } } } t } fn at(&self, phase: f32, level: usize) -> f32 { let p = phase * SIZE as f32; let i = p as usize; let (a, b) = (self.levels[level][i % SIZE], self.levels[level][(i + 1) % SIZE]); a + (b - a) * (p - i as f32) } }
#[derive(Clone, Copy, Default)]
struct Voice { note: Option<u8>, phase: f32, step: f32, level: f32, age: u32, held: bool }
struct Synth { voices: [Voice; 3], tables: Tables, clock: u32 }
impl Synth {
    fn on(&mut self, note: u8) {
        self.clock += 1;
        let free = self.voices.iter().position(|v| v.note.is_none());
        let at = free.unwrap_or_else(|| self.voices.iter().enumerate().min_by_key(|(_, v)| (v.held, v.age)).map_or(0, |(i, _)| i));
        let frequency = 440.0 * 2f32.powf((note as f32 - 69.0) / 12.0);
        self.voices[at] = Voice { note: Some(note), phase: 0.0, step: frequency / 8000.0, level: 1.0, age: self.clock, held: true };
    }
    fn off(&mut self, note: u8) { self.voices.iter_mut().filter(|v| v.note == Some(note)).for_each(|v| v.held = false); }
    fn tick(&mut self) -> f32 {
        let Synth { voices, tables, .. } = self;
        voices.iter_mut().filter(|v| v.note.is_some()).map(|v| {
            let level = match v.step { s if s < 0.02 => 0, s if s < 0.04 => 1, s if s < 0.1 => 2, _ => 3 };
            let x = tables.at(v.phase, level) * v.level;
            v.phase = (v.phase + v.step).fract();
            v.level *= if v.held { 0.999 } else { 0.9 };
            if v.level < 0.01 { v.note = None; }
            x
        }).sum::<f32>() * 0.3
    }
}
pub fn run(input: u64) -> u64 {
    let mut synth = Synth { voices: Default::default(), tables: Tables::saw(), clock: 0 };
    let song = [(0, 60u8, true), (20, 64, true), (40, 67, true), (60, 60, false), (70, 72 + input as u8, true), (90, 64, false), (120, 96, true), (150, 67, false)];
    let mut hash = 0u64;
    for n in 0..300 {
        for (_, note, on) in song.iter().filter(|(at, ..)| *at == n) { if *on { synth.on(*note) } else { synth.off(*note) } }
        hash = hash.rotate_left(7) ^ synth.tick().to_bits() as u64;
    }
    hash ^ synth.voices.iter().filter(|v| v.note.is_some()).count() as u64
}
