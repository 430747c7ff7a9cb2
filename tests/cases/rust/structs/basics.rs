//! Structs with named fields, tuple structs, unit structs; update syntax, shorthand, moves out of parts.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Point { x: i32, y: i32 }
struct Line(Point, Point, u8);
struct Unit;
#[derive(Clone, Copy)]
struct Wide { a: u8, b: u64, c: u16, d: Point, e: bool }
pub fn run(input: u64) -> u64 {
    let x = input as i32;
    let start = Point { x, y: -x };
    let mut line = Line(start, Point { y: 9, ..start }, 3);
    line.0.x += 100;
    line.1 = Point { x: line.0.y, y: line.0.x };
    let wide = Wide { a: 1, b: input * 1000, c: 3, d: line.1, e: false };
    let other = Wide { e: true, d: Point { x: 5, ..wide.d }, ..wide };
    let Line(Point { x: a, .. }, second, width) = line;
    let Unit = Unit;
    let same = start == Point { x, y: -x } && start != second;
    let mut copy = other;
    copy.b ^= 0xff;
    a as u64 + second.y as u64 * 3 + width as u64 + other.b * 5 + copy.b * 7 + copy.a as u64 + copy.c as u64
        + (copy.d.x + copy.d.y) as u64 + (copy.e as u64) * 1000 + (same as u64) * 100_000
}
