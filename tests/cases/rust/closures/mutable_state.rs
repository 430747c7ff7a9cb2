//! FnMut with state: accumulators, generators, memo tables, and closures that borrow one another in turn.
fn fill(out: &mut [u64], mut next: impl FnMut(usize) -> u64) {
    for (i, slot) in out.iter_mut().enumerate() { *slot = next(i); }
}
fn retain(items: &mut [u64], mut keep: impl FnMut(&mut u64) -> bool) -> usize {
    let mut used = 0;
    for i in 0..items.len() {
        if keep(&mut items[i]) { items.swap(used, i); used += 1; }
    }
    used
}
pub fn run(input: u64) -> u64 {
    let mut seed = input.wrapping_mul(77) + 1;
    let mut random = || { seed ^= seed << 13; seed ^= seed >> 7; seed ^= seed << 17; seed };
    let mut out = [0; 8];
    fill(&mut out, |_| random() % 100);
    fill(&mut out[4..], |i| random() % 10 + i as u64);
    let mut seen = [false; 100];
    let used = retain(&mut out, |x| { *x += 1; !std::mem::replace(&mut seen[*x as usize % 100], true) });
    let mut memo = [None; 30];
    fn fibonacci(n: usize, memo: &mut [Option<u64>; 30]) -> u64 {
        if n < 2 { return n as u64 }
        if let Some(known) = memo[n] { return known }
        let value = fibonacci(n - 1, memo) + fibonacci(n - 2, memo);
        *memo[n].insert(value)
    }
    out.iter().fold(used as u64, |a, x| a.wrapping_mul(31) + x) ^ fibonacci(20 + input as usize, &mut memo) << 32 ^ seed
}
