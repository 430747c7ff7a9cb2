//! A struct with three fields: made, read, changed, passed by value and by reference.
struct Point { x: u64, y: u32, z: u8 }
fn sum(p: &Point) -> u64 { p.x + p.y as u64 + p.z as u64 }
fn moved(p: Point, by: u64) -> Point { Point { x: p.x + by, y: p.y, z: p.z } }
fn grow(p: &mut Point) { p.y *= 2; p.z += 1; }
pub fn run(input: u64) -> u64 {
    let mut p = Point { x: input, y: 10, z: 3 };
    grow(&mut p);
    let before = sum(&p);
    let q = moved(p, 100);
    before * 1000 + sum(&q)
}
