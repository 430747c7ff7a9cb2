//! Chains of else if, conditions with blocks and let chains.
//# inputs: 0 1 5 9 10 50 99 100 101
fn half(n: u64) -> Option<u64> {
    if n % 2 == 0 { Some(n / 2) } else { None }
}
pub fn run(input: u64) -> u64 {
    let class = if input == 0 {
        1
    } else if input < 10 {
        if input % 3 == 0 { 2 } else if { let q = input * 2; q > 9 } { 3 } else { 4 }
    } else if input < 100 && input != 50 {
        5
    } else if !(input == 50) {
        6
    } else {
        7
    };
    let chained = if let Some(h) = half(input) && let Some(q) = half(h) && q > 1 { q } else { 0 };
    let other = if let Some(h) = half(input) { h } else if let Some(h) = half(input + 1) { h * 10 } else { 3 };
    class * 10_000 + chained * 100 + other
}
