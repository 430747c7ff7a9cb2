//! then, then_some, bool as numbers, ordering, xor chains, and bools in arrays and patterns.
//# inputs: 0 1 2 3 4 5 6 7
pub fn run(input: u64) -> u64 {
    let [a, b, c] = [input & 1 > 0, input & 2 > 0, input & 4 > 0];
    let x = a.then(|| input * 2).or(b.then_some(50)).unwrap_or(7);
    let y = match (a, b, c) { (true, _, false) => 1, (false, true, _) => 2, (true, true, true) => 3, (_, false, _) => 4 };
    let majority = [a, b, c].iter().filter(|x| **x).count() > 1;
    let parity = a ^ b ^ c;
    let mut d = a;
    d |= b;
    d &= c;
    d ^= true;
    let order = a.cmp(&b) as i8 + 1;
    let text = if a == b { "same" } else { "different" };
    x * 1000 + y * 100 + majority as u64 * 50 + parity as u64 * 20 + d as u64 * 10 + order as u64 + text.len() as u64 * 10_000 + u64::from(!c) * 7
}
