//! Fixed-point filters: Q15 and Q31 products with rounding and saturation, and a CORDIC sine.
//# inputs: 0 1 2 3 4
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Q15(i16);
impl Q15 {
    fn from(x: f64) -> Q15 { Q15((x * 32768.0).round() as i16) }
    fn times(self, o: Q15) -> Q15 { Q15(((self.0 as i32 * o.0 as i32 + (1 << 14)) >> 15).clamp(-32768, 32767) as i16) }
    fn plus(self, o: Q15) -> Q15 { Q15(self.0.saturating_add(o.0)) }
}
fn q31(a: i32, b: i32) -> i32 { ((a as i64 * b as i64) >> 31) as i32 }
fn cordic(mut angle: i32) -> (i32, i32) {
    const ANGLES: [i32; 12] = [12868, 7596, 4014, 2037, 1023, 512, 256, 128, 64, 32, 16, 8];
    let (mut x, mut y) = (9949i32, 0i32);
    for (i, step) in ANGLES.iter().enumerate() {
        let (dx, dy) = (y >> i, x >> i);
        if angle >= 0 { x -= dx; y += dy; angle -= step; } else { x += dx; y -= dy; angle += step; }
    }
    (x, y)
}
pub fn run(input: u64) -> u64 {
    let mut state = Q15(0);
    let k = Q15::from(0.1 + input as f64 * 0.2);
    let rest = Q15::from(0.99999).plus(Q15(-k.0));
    let mut long = i32::MAX;
    let mut hash = 0u64;
    for n in 0..200i32 {
        let x = Q15((n * 1237 % 65536 - 32768) as i16);
        state = x.times(k).plus(state.times(rest));
        long = q31(long, 0x7000_0000).wrapping_add((x.0 as i32) << 12);
        let (c, s) = cordic((n - 100) * 200);
        hash = hash.rotate_left(5) ^ state.0 as u16 as u64 ^ (long as u32 as u64) << 16 ^ (c as u16 as u64) << 32 ^ (s as u16 as u64) << 48;
    }
    hash ^ (Q15(-32768).times(Q15(-32768)).0 as u16 as u64)
}
