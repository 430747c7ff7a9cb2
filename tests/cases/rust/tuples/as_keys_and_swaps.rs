//! Tuples compared, swapped, destructured in assignment, as loop variables, and with underscores and rests.
//# jit refuses: pattern requires 2 elements but array has 4
pub fn run(input: u64) -> u64 {
    let (mut a, mut b, mut c) = (1u64, 2u64, input);
    (a, b, c) = (b, c, a);
    (a, (b, _), ..) = (b + 10, (a, 99), 5, 6);
    let mut array = [0u64; 3];
    let mut field = (0u8, 0u64);
    (array[1], field.1, _) = (a * 2, b + c, ());
    [array[0], .., array[2]] = [7, 8, 9, 10];
    struct P { x: u64, y: (u64, u64) }
    let mut p = P { x: 0, y: (0, 0) };
    P { x: p.y.0, y: (p.x, ..) } = P { x: 3, y: (4, 5) };
    let mut best = (u64::MAX, 0usize, 'z');
    for (i, (key, letter)) in [(3u64, 'a'), (1, 'b'), (input, 'c'), (1, 'a')].into_iter().enumerate() { best = best.min((key, i, letter)); }
    let (.., last) = (1, 2, 3u64);
    a + b * 10 + c * 100 + array[0] * 3 + array[1] * 1000 + array[2] * 5 + field.1 * 7 + p.x * 10_000 + p.y.0 * 100_000 + best.1 as u64 * 1_000_000
        + best.2 as u64 * 10_000_000 + last
}
