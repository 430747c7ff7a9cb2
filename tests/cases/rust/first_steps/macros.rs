//! A macro by example, and the library's assert, matches and panics.
//# inputs: 0 1 2 3
macro_rules! add { ($a:expr, $b:expr) => { $a + $b }; }
pub fn run(input: u64) -> u64 {
    assert!(input < 3);
    let x = add!(input, 1) * 2;
    if matches!(x, 2 | 6) { x } else { x * 100 }
}
