//! Enums with every kind of variant; matching by value, by reference and by mutable reference.
#[derive(Clone, Copy)]
enum Shape {
    Empty,
    Circle(f32),
    Rect { w: u16, h: u64 },
    Many([u8; 6], bool),
    Nested(Option<(u8, char)>),
}
fn make(n: u64) -> Shape {
    match n % 6 {
        0 => Shape::Empty,
        1 => Shape::Circle(n as f32 * 0.5),
        2 => Shape::Rect { w: n as u16, h: n << 40 },
        3 => Shape::Many([n as u8; 6], n > 5),
        4 => Shape::Nested(None),
        _ => Shape::Nested(Some((n as u8, 'q'))),
    }
}
fn grow(shape: &mut Shape) {
    match shape {
        Shape::Circle(r) if *r > 1.0 => *r *= 2.0,
        Shape::Rect { h, .. } => *h += 1,
        Shape::Many(bytes, flag) => { bytes[3] = 200; *flag = !*flag; }
        Shape::Nested(inner @ None) => *inner = Some((1, 'z')),
        Shape::Nested(Some((n, _))) => *n += 1,
        other => *other = Shape::Rect { w: 3, h: 4 },
    }
}
fn value(shape: &Shape) -> u64 {
    match *shape {
        Shape::Empty => 1,
        Shape::Circle(r) => r.to_bits() as u64,
        Shape::Rect { w, h } => h ^ w as u64,
        Shape::Many(bytes, flag) => bytes.iter().map(|b| *b as u64).sum::<u64>() * 2 + flag as u64,
        Shape::Nested(None) => 2,
        Shape::Nested(Some((n, c))) => n as u64 * 1000 + c as u64,
    }
}
pub fn run(input: u64) -> u64 {
    let mut sum = 0u64;
    for n in input * 3..input * 3 + 7 {
        let mut shape = make(n);
        let before = value(&shape);
        grow(&mut shape);
        sum = sum.rotate_left(9) ^ before ^ value(&shape) << 3;
    }
    sum
}
