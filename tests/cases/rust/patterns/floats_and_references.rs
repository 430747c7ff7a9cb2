//! Float patterns, reference patterns, and matches on tuples of references.
//# inputs: 0 1 2 3 4 5
pub fn run(input: u64) -> u64 {
    let floats = [0.0f64, -0.0, 1.5, 2.5, f64::INFINITY, f64::NAN];
    let x = floats[input as usize];
    let a = match x { 0.0 => 1, 1.0..2.0 => 2, 2.0..=3.0 => 3, f64::INFINITY => 4, _ => 5 };
    let numbers = [3u64, 1, 4, 1, 5, 9];
    let b = match &numbers[input as usize] { 1 => 10, &n if n > 4 => n, n => *n + 20 };
    let c = match (&numbers[0], &mut [input, 2]) { (&3, [0 | 1, y]) => *y, (n, [y, _]) => { *y += *n; *y } };
    let d = match &&Some(&numbers[1]) { Some(1) => 5, Some(_) => 6, None => 7 };
    let &[e, .., f] = &numbers;
    a * 100_000 + b * 1000 + c * 100 + d * 10 + e + f
}
