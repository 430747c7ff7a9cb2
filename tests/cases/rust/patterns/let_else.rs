//! let else: leaving a function, a loop, and with patterns that bind several names.
//# inputs: 0 1 2 3 4 5 6 7 8 9
fn parse(pair: (u8, Option<u64>)) -> u64 {
    let (1..=4, Some(n)) = pair else { return 1000 + pair.0 as u64 };
    let Some(rest) = n.checked_sub(3) else {
        let back = n * 2;
        return back + 500;
    };
    rest
}
pub fn run(input: u64) -> u64 {
    let mut sum = 0;
    for i in 0..8 {
        let [a, b @ (0 | 2 | 3)] = [i, (i + input) % 5] else { continue };
        let true = a * b < 14 else { break };
        sum = sum * 10 + a + b;
    }
    sum * 10_000 + parse((input as u8, if input % 3 == 0 { None } else { Some(input) }))
}
