//! The smallest programs: a result that is a constant, a parameter, and one operation.
pub fn run(input: u64) -> u64 {
    input ^ 42
}
