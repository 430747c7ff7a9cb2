//! Methods behind a table: of plain and generic types, given by the trait, of closures.
//# inputs: 0 1 2 3 4
//# alone: { x + 1 } => { x * 3 + 2 }
//# optimised
//# alone: { x * 3 + 2 } => { x ^ 21 }
fn leaf(x: u64) -> u64 { x + 1 }
trait Voice { fn play(&self, x: u64) -> u64; fn twice(&self, x: u64) -> u64 { leaf(self.play(x)) } }
struct Plain(u64);
impl Voice for Plain { fn play(&self, x: u64) -> u64 { leaf(x) + self.0 } }
struct Wide<T>(T);
impl<T: Copy + Into<u64>> Voice for Wide<T> { fn play(&self, x: u64) -> u64 { leaf(x) * self.0.into() } }
impl<F: Fn(u64) -> u64> Voice for F { fn play(&self, x: u64) -> u64 { self(leaf(x)) } }
trait Above: Voice { fn above(&self, x: u64) -> u64 { self.play(leaf(x)) } }
impl Above for Plain {}
fn voice(kind: u64) -> Box<dyn Voice> {
    match kind { 0 => Box::new(Plain(9)), 1 => Box::new(Wide(3u8)), 2 => Box::new(Wide(4u32)), _ => Box::new(move |x| x + kind) }
}
pub fn run(input: u64) -> u64 {
    match input {
        4 => { let above: &dyn Above = &Plain(8); above.above(3) * 100 + { let voice: &dyn Voice = above; voice.twice(2) } }
        _ => voice(input).play(6) * 1000 + voice(input).twice(6),
    }
}
