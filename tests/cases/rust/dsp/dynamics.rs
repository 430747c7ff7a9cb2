//! A compressor with attack and release, a gate with hysteresis, decibels, and a limiter with look-ahead.
//# inputs: 0 1 2 3
fn decibels(x: f32) -> f32 { 20.0 * x.max(1e-6).log10() }
fn gain(db: f32) -> f32 { 10.0f32.powf(db / 20.0) }
struct Follower { level: f32, up: f32, down: f32 }
impl Follower {
    fn tick(&mut self, x: f32) -> f32 {
        let k = if x.abs() > self.level { self.up } else { self.down };
        self.level += (x.abs() - self.level) * k;
        self.level
    }
}
#[derive(Default)]
struct Gate { open: bool, changes: u64 }
impl Gate {
    fn pass(&mut self, level: f32) -> bool {
        let open = match (self.open, level) { (false, l) if l > 0.3 => true, (true, l) if l < 0.2 => false, (open, _) => open };
        if open != self.open { self.changes += 1 }
        self.open = open;
        open
    }
}
pub fn run(input: u64) -> u64 {
    let mut follower = Follower { level: 0.0, up: 0.2, down: 0.01 * (input + 1) as f32 };
    let mut gate = Gate::default();
    let mut ahead = [0.0f32; 8];
    let mut hash = 0u64;
    for n in 0..400usize {
        let x = ((n * n) % 71) as f32 / 35.0 - 1.0;
        let x = x * if n / 100 % 2 == 0 { 1.0 } else { 0.15 };
        let level = follower.tick(x);
        let over = decibels(level) + 18.0;
        let mut y = if over > 0.0 { x * gain(-over * (1.0 - 1.0 / 4.0)) } else { x };
        if !gate.pass(level) { y = 0.0 }
        let peak = ahead.iter().fold(0.1f32, |a, b| a.max(b.abs()));
        let out = ahead[n % 8] / peak;
        ahead[n % 8] = y;
        hash = hash.rotate_left(11) ^ out.to_bits() as u64;
    }
    hash ^ gate.changes << 60
}
