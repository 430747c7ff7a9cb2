//! Traits with type parameters, implemented several times for one type, chosen by inference.
trait Convert<T> { fn convert(&self) -> T; }
#[derive(Clone, Copy)]
struct Meters(u32);
impl Convert<u64> for Meters { fn convert(&self) -> u64 { self.0 as u64 * 1000 } }
impl Convert<bool> for Meters { fn convert(&self) -> bool { self.0 > 1 } }
impl<A: Default, B: Default> Convert<(A, B)> for Meters { fn convert(&self) -> (A, B) { Default::default() } }
impl Convert<[u8; 2]> for (Meters, u8) { fn convert(&self) -> [u8; 2] { [self.0.0 as u8, self.1] } }
trait Combine<Other = Self> { type Out; fn combine(self, other: Other) -> Self::Out; }
impl Combine for u64 { type Out = u64; fn combine(self, other: u64) -> u64 { self * 10 + other } }
impl Combine<bool> for u64 { type Out = (u64, bool); fn combine(self, other: bool) -> (u64, bool) { (self + 1, !other) } }
fn through<T, S: Convert<T>>(s: S) -> T { s.convert() }
pub fn run(input: u64) -> u64 {
    let m = Meters(input as u32);
    let n: u64 = m.convert();
    let b: bool = through(m);
    let (z, f): (u16, bool) = m.convert();
    let [x, y] = (m, 7).convert();
    let (p, q) = n.combine(b);
    n.combine(p) * 100 + q as u64 * 50 + z as u64 + f as u64 + x as u64 * 3 + y as u64 + <Meters as Convert<u64>>::convert(&m)
}
