//! Calls of functions with several parameters, and of functions by functions.
fn add(a: u64, b: u64) -> u64 { a + b }
fn scale(a: u64, by: u32) -> u64 { a * by as u64 }
fn both(a: u64, b: u64) -> u64 { add(scale(a, 3), scale(b, 5)) }
fn nothing(_: u64) {}
pub fn run(input: u64) -> u64 {
    nothing(input);
    add(both(input, 2), both(1, input))
}
