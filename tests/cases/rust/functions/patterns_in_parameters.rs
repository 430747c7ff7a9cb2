//! Parameters that are patterns: tuples, structs, references, arrays, ignored ones, mutable copies.
struct Pair { a: u64, b: (u8, u16) }
fn tuple((a, b): (u64, u64), _: u8, mut c: u64) -> u64 {
    c += a;
    c * 10 + b
}
fn whole(Pair { a, b: (x, _) }: Pair, &y: &u64, [first, .., last]: [u64; 4]) -> u64 {
    a + x as u64 + y + first * last
}
fn referenced(&(ref a, b): &(u64, u64), Pair { b: c, .. }: &Pair) -> u64 {
    *a * 3 + b + c.1 as u64
}
pub fn run(input: u64) -> u64 {
    let pair = Pair { a: input, b: (3, 4000) };
    let r = referenced(&(input, 5), &pair);
    tuple((input, 2), 9, 100) * 1_000_000 + whole(pair, &(input + 1), [input, 2, 3, 4]) * 10 + r
}
