//! dyn Trait: behind references and boxes, in arrays and vectors, with generics, defaults and supertraits.
trait Shape { fn area(&self) -> f64; fn name(&self) -> &str { "shape" } fn scale(&mut self, k: f64); }
struct Circle(f64);
struct Rect { w: f64, h: f64 }
impl Shape for Circle { fn area(&self) -> f64 { self.0 * self.0 * 3.0 } fn scale(&mut self, k: f64) { self.0 *= k; } }
impl Shape for Rect { fn area(&self) -> f64 { self.w * self.h } fn name(&self) -> &str { "rect" } fn scale(&mut self, k: f64) { self.w *= k; } }
fn total(shapes: &[&dyn Shape]) -> f64 { shapes.iter().map(|s| s.area()).sum() }
fn bigger<'a>(a: &'a dyn Shape, b: &'a dyn Shape) -> &'a dyn Shape { if a.area() > b.area() { a } else { b } }
pub fn run(input: u64) -> u64 {
    let n = input as f64;
    let (mut circle, mut rect) = (Circle(n), Rect { w: 2.0, h: n + 1.0 });
    for shape in [&mut circle as &mut dyn Shape, &mut rect] { shape.scale(1.5); }
    let refs: [&dyn Shape; 3] = [&circle, &rect, &Circle(1.0)];
    let name = bigger(refs[0], refs[1]).name().len() as u64;
    let size = std::mem::size_of_val(refs[1]) as u64;
    total(&refs).to_bits() ^ name << 3 ^ size << 10
}
