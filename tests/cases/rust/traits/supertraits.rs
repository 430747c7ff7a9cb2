//! Supertraits, blanket implementations, and methods of the supertrait called through the subtrait.
trait Named { fn id(&self) -> u64; }
trait Ordered: Named { fn before(&self, other: &Self) -> bool { self.id() < other.id() } }
trait Full: Ordered + Copy { fn twice(self) -> u64 { self.id() * 2 } }
#[derive(Clone, Copy)]
struct A(u64);
#[derive(Clone, Copy)]
struct B { low: u8, high: u8 }
impl Named for A { fn id(&self) -> u64 { self.0 } }
impl Named for B { fn id(&self) -> u64 { self.low as u64 + self.high as u64 * 256 } }
impl<T: Named> Ordered for T {}
impl Full for A {}
impl Full for B { fn twice(self) -> u64 { self.id() << 1 | 1 } }
trait Extra { fn extra(&self) -> u64; }
impl<T> Extra for T where T: Named { fn extra(&self) -> u64 { self.id() ^ 0xff } }
fn least<T: Full>(items: &[T; 3]) -> u64 {
    let mut best = items[0];
    for item in items { if item.before(&best) { best = *item } }
    best.twice() * 1000 + best.extra()
}
pub fn run(input: u64) -> u64 {
    let a = [A(input + 3), A(4), A(9 - input)];
    let b = [B { low: 5, high: 1 }, B { low: input as u8, high: 1 }, B { low: 0, high: 2 }];
    least(&a) * 1_000_000 + least(&b)
}
