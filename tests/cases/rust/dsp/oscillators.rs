//! Phase accumulators: sine by table and interpolation, polyBLEP saw, triangle, noise; mixed to 16 bits.
//# inputs: 0 1 2 3
struct Table([f32; 257]);
impl Table {
    fn new() -> Self { let mut t = [0.0; 257]; for (i, x) in t.iter_mut().enumerate() { *x = (i as f32 / 256.0 * std::f32::consts::TAU).sin(); } Table(t) }
    fn at(&self, phase: u32) -> f32 {
        let (index, part) = ((phase >> 24) as usize, (phase & 0xff_ffff) as f32 / 16_777_216.0);
        let [a, b] = [self.0[index], self.0[index + 1]];
        a + (b - a) * part
    }
}
fn blep(t: f32, dt: f32) -> f32 {
    if t < dt { let t = t / dt; t + t - t * t - 1.0 } else if t > 1.0 - dt { let t = (t - 1.0) / dt; t * t + t + t + 1.0 } else { 0.0 }
}
fn sample(x: f32) -> i16 { (x.clamp(-1.0, 1.0) * 32767.0).round() as i16 }
pub fn run(input: u64) -> u64 {
    let table = Table::new();
    let (mut phase, mut saw, mut noise) = (0u32, 0.0f32, 0x1234_5678u32);
    let step = (440.0 * (input + 1) as f64 / 48_000.0 * 4_294_967_296.0) as u32;
    let dt = step as f32 / 4_294_967_296.0;
    let mut hash = 0u64;
    for n in 0..300 {
        phase = phase.wrapping_add(step);
        saw += dt;
        if saw >= 1.0 { saw -= 1.0 }
        noise ^= noise << 13; noise ^= noise >> 17; noise ^= noise << 5;
        let shaped = 2.0 * saw - 1.0 - blep(saw, dt);
        let triangle = 1.0 - 4.0 * (saw - 0.5).abs();
        let mixed = table.at(phase) * 0.5 + shaped * 0.4 + triangle * 0.3 + (noise as i32 as f32 / i32::MAX as f32) * if n % 2 == 0 { 0.2 } else { 0.7 };
        hash = hash.wrapping_mul(31) ^ sample(mixed) as u16 as u64;
    }
    hash
}
