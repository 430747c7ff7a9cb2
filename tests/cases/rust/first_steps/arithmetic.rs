//! Arithmetic on one width, with variables and no calls.
//# inputs: 0 1 2 3 1000000
pub fn run(input: u64) -> u64 {
    let a = input + 7;
    let b = a * 3 - 1;
    let c = b / 2 + b % 5;
    let mut d = c << 3 | 1;
    d ^= a & 0xff;
    d - c
}
