//! Tuples: nesting, updating parts, comparing, returning, single ones and unit.
type Deep = ((u8, (u16, u32)), [(i8, bool); 2]);
fn make(n: u64) -> Deep {
    ((n as u8, (n as u16 * 300, n as u32 * 70_000)), [(-(n as i8), n > 1), (n as i8, n == 0)])
}
fn swap<A, B>((a, b): (A, B)) -> (B, A) {
    (b, a)
}
pub fn run(input: u64) -> u64 {
    let mut deep = make(input);
    deep.0.1.0 += 7;
    deep.1[1].0 -= 3;
    (deep.1[0].1, deep.0.0) = (true, 200);
    let ((a, (b, c)), [(d, e), (f, g)]) = deep;
    let single = (5u64,);
    let unit = ();
    let (x, y) = swap((input, (unit, 1u8)));
    let less = (1, 2, input) < (1, 2, 2);
    let equal = make(input) == make(2);
    let order = (input, 'a').cmp(&(2, 'b')) as i8;
    a as u64 + b as u64 * 3 + c as u64 * 5 + d as u8 as u64 + e as u64 + f as u8 as u64 * 7 + g as u64 + single.0
        + (x.1 as u64 + y) * 11 + (less as u64) << 40 | (equal as u64) << 50 | ((order + 1) as u64) << 52
}
