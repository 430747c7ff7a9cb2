//! Loops that never end but by return, empty loops over zero-sized ranges, loops with complex conditions.
//# inputs: 0 1 2 3 17
fn search(input: u64) -> u64 {
    let mut x = input + 1;
    loop {
        x = x * x % 1009 + 1;
        if x % 7 == 3 { return x }
        for y in 0..x % 5 { if (x + y) % 11 == 0 { return y * 10_000 + x } }
    }
}
fn digits(mut n: u64) -> (u64, u64) {
    let mut count = 0;
    let mut sum = 0;
    while { sum += n % 10; count += 1; n /= 10; n > 0 } {}
    (count, sum)
}
fn drain(items: &mut [Option<u64>]) -> u64 {
    let mut total = 0;
    while let Some(at) = items.iter().rposition(|x| x.is_some_and(|x| x > 2)) && let Some(x) = items[at].take() { total = total * 10 + x; }
    for _ in 0..0 { total = 0; }
    total
}
pub fn run(input: u64) -> u64 {
    let (count, sum) = digits(input * 123_456_789 + 5);
    let mut items = [Some(1), Some(5), None, Some(input), Some(7)];
    search(input) + count * 1_000_000 + sum * 100_000_000 + drain(&mut items) * 100_000_000_000 + items.iter().flatten().count() as u64
}
