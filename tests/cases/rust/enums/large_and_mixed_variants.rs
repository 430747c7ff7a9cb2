//! Enums with variants of very different sizes, 128-bit payloads, nested options with and without niches, and arrays of them.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
enum Big { Tiny, Byte(u8), Wide(u128), Many([u32; 10]), Floats { a: f32, b: f64 }, Nested(Option<Option<i64>>), Text(&'static str), Fun(Kind) }
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
enum Kind { X = 7, Y = 200 }
fn make(n: u64) -> Big {
    match n % 9 { 0 => Big::Tiny, 1 => Big::Byte(n as u8), 2 => Big::Wide(u128::MAX - n as u128), 3 => Big::Many(std::array::from_fn(|i| i as u32 * n as u32)), 4 => Big::Floats { a: n as f32, b: -0.5 }, 5 => Big::Nested(Some(None)), 6 => Big::Nested(Some(Some(-(n as i64)))), 7 => Big::Text("seven"), _ => Big::Fun(if n > 10 { Kind::Y } else { Kind::X }) }
}
fn weigh(big: &Big) -> u64 {
    match big { Big::Tiny => 1, Big::Byte(b) => *b as u64, Big::Wide(w) => (*w >> 64) as u64 ^ *w as u64, Big::Many(m) => m.iter().map(|x| *x as u64).sum(), &Big::Floats { a, b } => a.to_bits() as u64 ^ b.to_bits(), Big::Nested(None) => 2, Big::Nested(Some(None)) => 3, Big::Nested(Some(Some(n))) => *n as u64, Big::Text(t) => t.len() as u64, Big::Fun(k) => *k as u64 }
}
pub fn run(input: u64) -> u64 {
    let mut all: [Big; 9] = std::array::from_fn(|i| make(i as u64 + input));
    all.swap(0, 3);
    let copy = all[3];
    all[3] = Big::Nested(None);
    if let Big::Many(list) = &mut all[0] { list[9] = 1; }
    let equal = all.iter().filter(|b| **b == copy).count();
    let less = all.windows(2).filter(|w| w[0] < w[1]).count();
    all.iter().fold((equal * 10 + less) as u64, |h, b| h.rotate_left(11) ^ weigh(b)) ^ weigh(&copy)
}
