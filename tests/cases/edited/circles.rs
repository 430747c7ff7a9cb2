//! Functions that call each other in a circle, through closures and tables.
//# inputs: 0 1 2 7
//# alone: { x + 1 } => { x * 3 + 2 }
//# optimised
//# alone: down(x - 1) => down(x - 1) + 1
fn leaf(x: u64) -> u64 { x + 1 }
fn up(x: u64) -> u64 { if x == 0 { leaf(0) } else { let step = |x| down(x - 1); apply(&step, x) } }
fn down(x: u64) -> u64 { if x == 0 { leaf(1) } else { STEPS[(x % 2) as usize](x - 1) } }
const STEPS: [fn(u64) -> u64; 2] = [up, |x| up(x) + leaf(x)];
fn apply(f: &dyn Fn(u64) -> u64, x: u64) -> u64 { f(x) }
pub fn run(input: u64) -> u64 { up(input) * 1000 + down(input) }
