//! Patterns over slices of tuples and references: nested rests, alternatives, constants, in closures and for loops.
pub fn run(input: u64) -> u64 {
    let data = [(1u8, [1u64, 2]), (2, [3, input]), (3, [5, 6]), (1, [7, 8])];
    let mut sum = 0u64;
    for &(n, [a, b]) in &data { sum = sum * 7 + n as u64 * a + b; }
    for (i, (n, [.., b])) in data.iter().enumerate() { if let (0 | 2, 1..=3) | (3, 1) = (i, *n) { sum += *b * 100; } }
    let picked = match &data[..] {
        [(1, [_, x]), .., (1, [y, _])] if input > 1 => x + y,
        [_, (2, [a @ (3..), 0 | 1]), rest @ ..] => a + rest.len() as u64,
        [] | [_] => 0,
        [first, ..] => first.1[1],
    };
    let total: u64 = data.iter().map(|(n, pair)| match (n, pair) { (1, [a, _]) => *a, (2 | 3, &[_, b]) => b, _ => 0 }).sum();
    let mut copy = data;
    if let [.., (_, [x, ..]), (n, _)] = &mut copy { *x += *n as u64; *n = 9; }
    for (n, [_, b]) in copy.iter_mut().filter(|(n, _)| *n > 1) { *b += *n as u64; }
    let [(.., [_, p]), _, (_, [q, _]), (r, _)] = copy;
    sum + picked * 3 + total * 5 + p + q * 1000 + r as u64
}
