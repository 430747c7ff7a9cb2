//! Patterns several levels deep, with alternatives inside, bindings and ranges.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10 11
//# jit refuses: mismatched types
#[derive(Clone, Copy)]
enum Leaf { Number(i32), Pair { a: u8, b: Option<char> }, None }
#[derive(Clone, Copy)]
enum Tree { One(Leaf), Two(Leaf, Leaf) }
fn leaf(n: u64) -> Leaf {
    match n % 4 {
        0 => Leaf::Number(n as i32 * 50 - 100),
        1 => Leaf::Pair { a: n as u8, b: Some((b'a' + n as u8) as char) },
        2 => Leaf::Pair { a: 200, b: None },
        _ => Leaf::None,
    }
}
fn read(tree: Tree) -> u64 {
    match tree {
        Tree::One(Leaf::Number(n @ (..=-50 | 200..))) => (n + 1000) as u64,
        Tree::One(Leaf::Number(0..=99)) => 1,
        Tree::One(Leaf::Pair { b: Some('a'..='f'), a } | Leaf::Pair { a, b: None }) => 100 + a as u64,
        Tree::Two(Leaf::None, other) | Tree::Two(other, Leaf::None) => match other {
            Leaf::Number(n) => n as u64 ^ 5,
            Leaf::Pair { a, .. } => a as u64 + 7,
            Leaf::None => 8,
        },
        Tree::Two(Leaf::Pair { a: x, b: Some(c) }, Leaf::Pair { a: y, b: _ }) if x < y => c as u64 + x as u64,
        Tree::Two(first @ Leaf::Pair { .. }, _) => read(Tree::One(first)) + 9000,
        Tree::Two(Leaf::Number(n), Leaf::Number(m)) => (n as i64 * m as i64) as u64,
        Tree::One(_) | Tree::Two(..) => 77,
    }
}
pub fn run(input: u64) -> u64 {
    let mut sum = 0u64;
    for n in 0..5 {
        sum = sum.wrapping_mul(1009).wrapping_add(read(Tree::Two(leaf(input), leaf(input + n))));
    }
    sum.wrapping_mul(1009).wrapping_add(read(Tree::One(leaf(input))))
}
