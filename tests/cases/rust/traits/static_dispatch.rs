//! Traits with required and provided methods, overridden ones, and calls through generics.
trait Shape {
    fn area(&self) -> u64;
    fn scaled(&self, k: u64) -> u64 { self.area() * k * k }
    fn describe(&self) -> u64 { self.scaled(2) + 1 }
}
struct Square(u64);
struct Rect { w: u64, h: u64 }
struct Fixed;
impl Shape for Square { fn area(&self) -> u64 { self.0 * self.0 } }
impl Shape for Rect {
    fn area(&self) -> u64 { self.w * self.h }
    fn describe(&self) -> u64 { self.scaled(3) + 2 }
}
impl Shape for Fixed { fn area(&self) -> u64 { 7 } fn scaled(&self, _: u64) -> u64 { 70 } }
fn total<A: Shape, B: Shape>(a: &A, b: &B) -> u64 { a.describe() * 1000 + b.describe() }
fn largest<T>(items: &[T]) -> u64 where T: Shape { items.iter().map(Shape::area).max().unwrap_or(0) }
pub fn run(input: u64) -> u64 {
    let squares = [Square(input), Square(3), Square(input / 2 + 2)];
    let rect = Rect { w: input + 1, h: 5 };
    total(&squares[0], &rect) * 1_000_000 + total(&Fixed, &squares[1]) + largest(&squares) + <Rect as Shape>::area(&rect)
}
