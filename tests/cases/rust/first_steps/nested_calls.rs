//! A panic three calls deep, and a result that goes through all of them.
//# inputs: 0 1 2 3 9
fn third(n: u64) -> u64 {
    let limit = 3;
    if n > limit {
        panic!("too deep")
    }
    10 / (n + 1 - 1)
}
fn second(n: u64) -> u64 { third(n) + 1 }
fn first(n: u64) -> u64 { second(n) * 2 }
pub fn run(input: u64) -> u64 {
    first(input) + 5
}
