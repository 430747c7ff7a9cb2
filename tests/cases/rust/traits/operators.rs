//! Operators on own types: arithmetic, negation, not, shifts, indexing, assignment, comparison, by reference too.
use std::ops::*;
#[derive(Clone, Copy, PartialEq, Debug)]
struct V { x: i64, y: i64 }
impl Add for V { type Output = V; fn add(self, o: V) -> V { V { x: self.x + o.x, y: self.y + o.y } } }
impl Sub for V { type Output = V; fn sub(self, o: V) -> V { V { x: self.x - o.x, y: self.y - o.y } } }
impl Mul<i64> for V { type Output = V; fn mul(self, k: i64) -> V { V { x: self.x * k, y: self.y * k } } }
impl Mul<V> for i64 { type Output = V; fn mul(self, v: V) -> V { v * self } }
impl Mul for V { type Output = i64; fn mul(self, o: V) -> i64 { self.x * o.x + self.y * o.y } }
impl<'a> Add<&'a V> for &'a V { type Output = V; fn add(self, o: &V) -> V { *self + *o } }
impl Neg for V { type Output = V; fn neg(self) -> V { V { x: -self.x, y: -self.y } } }
impl Not for V { type Output = bool; fn not(self) -> bool { self.x == 0 && self.y == 0 } }
impl Shl<u32> for V { type Output = V; fn shl(self, n: u32) -> V { V { x: self.x << n, y: self.y << n } } }
impl Rem<i64> for V { type Output = V; fn rem(self, n: i64) -> V { V { x: self.x % n, y: self.y % n } } }
impl AddAssign for V { fn add_assign(&mut self, o: V) { self.x += o.x; self.y += o.y; } }
impl ShrAssign<u32> for V { fn shr_assign(&mut self, n: u32) { self.x >>= n; self.y >>= n; } }
impl Index<usize> for V { type Output = i64; fn index(&self, i: usize) -> &i64 { if i == 0 { &self.x } else { &self.y } } }
impl IndexMut<usize> for V { fn index_mut(&mut self, i: usize) -> &mut i64 { if i == 0 { &mut self.x } else { &mut self.y } } }
impl PartialOrd for V { fn partial_cmp(&self, o: &V) -> Option<std::cmp::Ordering> { (*self * *self).partial_cmp(&(*o * *o)) } }
pub fn run(input: u64) -> u64 {
    let a = V { x: input as i64, y: 3 };
    let b = V { x: -2, y: 10 };
    let mut c = a + b * 2 - -a;
    c += 3 * (&a + &b);
    c[0] += c[1] << 2;
    c[1] -= a[0];
    c >>= 1;
    let d = (c << 3) % 1000;
    (d.x * 1000 + d.y) as u64 ^ ((a * b) as u64) << 40 ^ (!a as u64) << 60 ^ ((a < b) as u64) << 61 ^ ((a >= c) as u64) << 62
}
