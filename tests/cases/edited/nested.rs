//! What stands inside of an edited body, and what edits put there: functions, tables, closures, instances.
//# inputs: 0 1 2 3 4
//# alone: /* tables */ x => { static TABLE: [fn(u64) -> u64; 1] = [leaf]; TABLE[0](x) }
//# optimised
//# alone: { x + 1 } => { x * 3 + 2 }
//# alone: /* closures */ x => { const TABLE: [fn(u64) -> u64; 1] = [|x| leaf(x) * 2]; TABLE[0](x) }
//# alone: /* functions */ x => { fn inner(x: u64) -> u64 { leaf(x) * 3 } let inner: fn(u64) -> u64 = inner; inner(x) }
//# alone: /* instances */ x => twice(leaf, x) + Wide(5u16).play(x)
//# optimised
//# alone: { x * 3 + 2 } => { x ^ 21 }
//# optimised
//# alone: leaf(x) * 3 } => leaf(x) * 4 }
//# alone: { x ^ 21 } => { x + 1000 }
fn leaf(x: u64) -> u64 { x + 1 }
fn twice<F: Fn(u64) -> u64>(f: F, x: u64) -> u64 { f(f(x)) }
struct Wide<T>(T);
impl<T: Copy + Into<u64>> Wide<T> { fn play(&self, x: u64) -> u64 { leaf(x) * self.0.into() } }
fn tables(x: u64) -> u64 { /* tables */ x }
fn closures(x: u64) -> u64 { /* closures */ x }
fn functions(x: u64) -> u64 { /* functions */ x }
fn instances(x: u64) -> u64 { /* instances */ x }
pub fn run(input: u64) -> u64 {
    match input { 0 => tables(7), 1 => closures(8), 2 => functions(9), 3 => instances(10), _ => twice(leaf, 5) }
}
