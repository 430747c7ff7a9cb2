//! Closures that capture nothing, a copy, a reference and a mutable reference.
fn apply(f: impl Fn(u64) -> u64, x: u64) -> u64 { f(f(x)) }
pub fn run(input: u64) -> u64 {
    let mut count = 0;
    let k = input + 1;
    let plain = |x: u64| x + 1;
    let by = move |x: u64| x * k;
    let mut note = |x: u64| count += x;
    note(3);
    note(k);
    plain(count) + apply(by, 2) * 10 + apply(|x| x + count, 1) * 1000
}
