//! Default, From and Into, FromStr by hand, AsRef, and conversions chosen by the expected type.
#[derive(Default, Clone, Copy)]
struct Settings { gain: f32, steps: u16, on: bool, name: char, sizes: [u8; 3], maybe: Option<u8> }
struct Hertz(f64);
impl From<u64> for Hertz { fn from(n: u64) -> Hertz { Hertz(n as f64) } }
impl From<(u64, u64)> for Hertz { fn from((a, b): (u64, u64)) -> Hertz { Hertz(a as f64 / b as f64) } }
impl From<Hertz> for u64 { fn from(h: Hertz) -> u64 { (h.0 * 100.0) as u64 } }
impl AsRef<f64> for Hertz { fn as_ref(&self) -> &f64 { &self.0 } }
fn take(h: impl Into<Hertz>) -> u64 { h.into().into() }
fn look(h: &impl AsRef<f64>) -> u64 { h.as_ref().to_bits() >> 40 }
pub fn run(input: u64) -> u64 {
    let s = Settings { steps: input as u16, ..Default::default() };
    let t = Settings { gain: 1.5, ..s };
    let (a, b): (u32, Settings) = Default::default();
    let h: Hertz = (input, 8).into();
    let zeros = s.name as u64 + s.sizes[2] as u64 + b.on as u64 + a as u64 + s.maybe.map_or(0, u64::from);
    take(input) + take((input, 3)) * 3 + look(&h) * 1000 + t.steps as u64 + t.gain.to_bits() as u64 + zeros
}
