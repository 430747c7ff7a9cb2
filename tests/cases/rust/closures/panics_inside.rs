//! Panics inside closures and in functions called from library code name the place in the closure.
//# inputs: 0 1 2 3 4
fn check(x: &u64) -> bool { if *x == 13 { panic!("thirteen") } *x > 2 }
pub fn run(input: u64) -> u64 {
    let table = [1u64, 2, 3];
    let at = |i: u64| table[i as usize];
    match input {
        0 => (0..5).map(|i| at(i)).sum(),
        1 => [1u64, 13, 5].iter().filter(|x| check(x)).count() as u64,
        2 => Some(255u8).map(|x| x + input as u8).map_or(0, u64::from),
        3 => { let mut n = 2u64; let mut down = || n -= 1; down(); down(); down(); n }
        _ => table.iter().map(at_least).fold(0, |a, b| a * 10 + b),
    }
}
fn at_least(x: &u64) -> u64 { if *x > 2 { *x } else { 2 } }
