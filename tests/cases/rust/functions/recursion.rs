//! Recursion: direct, mutual, with several results, deep enough to need a stack.
//# inputs: 0 1 2 5 10 15
fn fibonacci(n: u64) -> u64 {
    if n < 2 { n } else { fibonacci(n - 1) + fibonacci(n - 2) }
}
fn even(n: u64) -> bool {
    if n == 0 { true } else { odd(n - 1) }
}
fn odd(n: u64) -> bool {
    if n == 0 { false } else { even(n - 1) }
}
fn ackermann(m: u64, n: u64) -> u64 {
    match (m, n) {
        (0, n) => n + 1,
        (m, 0) => ackermann(m - 1, 1),
        (m, n) => ackermann(m - 1, ackermann(m, n - 1)),
    }
}
fn divide(a: u64, b: u64) -> (u64, u64) {
    if a < b { (0, a) } else { let (q, r) = divide(a - b, b); (q + 1, r) }
}
fn hanoi(n: u64, from: u8, to: u8, by: u8, log: &mut u64) {
    if n > 0 {
        hanoi(n - 1, from, by, to, log);
        *log = log.wrapping_mul(7) + (from * 3 + to) as u64;
        hanoi(n - 1, by, to, from, log);
    }
}
pub fn run(input: u64) -> u64 {
    let mut log = 0;
    hanoi(input % 9, 0, 1, 2, &mut log);
    let (q, r) = divide(input * 100, 7);
    log ^ fibonacci(input) << 20 ^ ackermann(2, input % 6) << 8 ^ q * 8 ^ r ^ (even(input * 50) as u64) << 63
}
