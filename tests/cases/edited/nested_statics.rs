//! A static that an edit puts into a body, with a closure of its own.
//# inputs: 1 2
//# alone: /* later */ x => { static TABLE: [fn(u64) -> u64; 1] = [|x| leaf(x) * 2]; TABLE[0](x) }
//# alone: { x + 1 } => { x * 3 + 2 }
//# optimised
//# alone: { x * 3 + 2 } => { x ^ 21 }
fn leaf(x: u64) -> u64 { x + 1 }
fn later(x: u64) -> u64 { /* later */ x }
pub fn run(input: u64) -> u64 { later(input) }
