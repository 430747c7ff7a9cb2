//! A cascade of biquads in direct form, with coefficients from the cookbook formulas, over a noise signal.
//# inputs: 0 1 2 3 7
#[derive(Clone, Copy, Default)]
struct Biquad { b: [f32; 3], a: [f32; 2], z: [f32; 2] }
#[derive(Clone, Copy)]
enum Kind { Low, High, Band, Notch }
impl Biquad {
    fn new(kind: Kind, frequency: f32, q: f32) -> Biquad {
        let w = std::f32::consts::TAU * frequency / 48_000.0;
        let (sin, cos) = (w.sin(), w.cos());
        let alpha = sin / (2.0 * q);
        let b = match kind {
            Kind::Low => [(1.0 - cos) / 2.0, 1.0 - cos, (1.0 - cos) / 2.0],
            Kind::High => [(1.0 + cos) / 2.0, -(1.0 + cos), (1.0 + cos) / 2.0],
            Kind::Band => [alpha, 0.0, -alpha],
            Kind::Notch => [1.0, -2.0 * cos, 1.0],
        };
        let a0 = 1.0 + alpha;
        Biquad { b: b.map(|x| x / a0), a: [-2.0 * cos / a0, (1.0 - alpha) / a0], z: [0.0; 2] }
    }
    fn tick(&mut self, x: f32) -> f32 {
        let y = self.b[0] * x + self.z[0];
        self.z[0] = self.b[1] * x - self.a[0] * y + self.z[1];
        self.z[1] = self.b[2] * x - self.a[1] * y;
        y
    }
}
pub fn run(input: u64) -> u64 {
    let kinds = [Kind::Low, Kind::High, Kind::Band, Kind::Notch];
    let mut cascade: [Biquad; 4] = std::array::from_fn(|i| Biquad::new(kinds[(i + input as usize) % 4], 300.0 * (i + 1) as f32, 0.7 + i as f32));
    let mut seed = 1u32 + input as u32;
    let mut hash = 0u64;
    for _ in 0..400 {
        seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
        let x = (seed >> 8) as f32 / (1u32 << 23) as f32 - 1.0;
        let y = cascade.iter_mut().fold(x, |x, stage| stage.tick(x));
        hash = hash.rotate_left(5) ^ y.to_bits() as u64;
    }
    hash
}
