//! Iterators nested in iterators: products, triangles, dependent ranges, zips of three, early ends in inner loops.
//# inputs: 0 1 2 5
fn triples(n: u32) -> impl Iterator<Item = (u32, u32, u32)> {
    (1..=n).flat_map(move |c| (1..c).flat_map(move |b| (1..b).map(move |a| (a, b, c)))).filter(|(a, b, c)| a * a + b * b == c * c)
}
fn gray(bits: u32) -> impl Iterator<Item = u32> { (0..1u32 << bits).map(|i| i ^ i >> 1) }
fn collatz(n: u64) -> impl Iterator<Item = u64> { std::iter::successors(Some(n), |n| match n { 1 => None, n if n % 2 == 0 => Some(n / 2), n => Some(3 * n + 1) }) }
pub fn run(input: u64) -> u64 {
    let n = input as u32;
    let t = triples(20 + n).fold(0u64, |h, (a, b, c)| h.wrapping_mul(67) + (a * 400 + b * 20 + c) as u64);
    let g = gray(3 + n % 3).scan(0u32, |last, x| { let d = *last ^ x; *last = x; Some(d.count_ones()) }).sum::<u32>();
    let (steps, highest) = collatz(input + 7).fold((0, 0), |(n, h), x| (n + 1, h.max(x)));
    let zipped: u64 = (1..).zip(collatz(9)).zip("zipped".bytes()).map(|((i, x), b)| i * x + b as u64).sum();
    let primes = (2..50u64).filter(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0));
    let gaps = primes.clone().zip(primes.skip(1)).map(|(a, b)| b - a).max_by_key(|g| (*g, input)).unwrap_or(0);
    t ^ (g as u64) << 40 ^ steps << 50 ^ highest ^ zipped << 20 ^ gaps << 58
}
