//! for over ranges, forwards, inclusive and reversed, with break and continue.
pub fn run(input: u64) -> u64 {
    let mut sum = 0;
    for i in 0..input + 3 {
        if i == 1 { continue; }
        sum += i;
    }
    for i in 1..=3 { sum = sum * 2 + i; }
    for i in (0..10).rev() {
        if i < input + 5 { break; }
        sum += i * 100;
    }
    sum
}
