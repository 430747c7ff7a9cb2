use std::ops::{Add, Index};
#[derive(Clone, Copy, Default, PartialEq)]
struct Vector { x: u64, y: u64 }
impl Add for Vector {
    type Output = Vector;
    fn add(self, other: Vector) -> Vector { Vector { x: self.x + other.x, y: self.y + other.y } }
}
impl Index<u8> for Vector { type Output = u64; fn index(&self, _: u8) -> &u64 { &self.x } }
fn sum() -> u64 { let sum = Vector { x: 1, y: 2 } + Vector { x: 3, ..Default::default() }; sum[0] * 10 + sum.y }
fn same() -> u64 { u64::from(Vector::default() == Vector { x: 0, y: 0 }) }
pub fn answer() -> u64 { sum() * 10 + same() }
//# gives: 421
//# edit: { &self.x } => { &self.y }
//# gives: 221
//# edit: impl Index<u8> for Vector { => impl Index<i64> for Vector { type Output = u64; fn index(&self, _: i64) -> &u64 { &7 } }\nimpl Index<u8> for Vector {
//# edit: sum[0] => sum[0_i64]
//# gives: 721
//# edit: #[derive(Clone, Copy, Default, PartialEq)] => #[derive(Clone, Copy, Default)]
//# edit: fn sum() => impl PartialEq for Vector { fn eq(&self, _: &Vector) -> bool { false } }\nfn sum()
//# gives: 720
