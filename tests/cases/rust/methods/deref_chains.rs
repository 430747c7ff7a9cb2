//! Methods found through Deref: own smart pointers, several levels, mutable ones, arrays through them, and shadowing by the outer.
use std::ops::{Deref, DerefMut, Index};
struct Inner { list: [u64; 4], calls: u64 }
impl Inner { fn sum(&self) -> u64 { self.list.iter().sum() } fn bump(&mut self) -> &mut u64 { self.calls += 1; &mut self.list[self.calls as usize % 4] } fn name(&self) -> u64 { 1 } }
struct Guard<T> { value: T, reads: std::cell::Cell<u64>, writes: u64 }
impl<T> Deref for Guard<T> { type Target = T; fn deref(&self) -> &T { self.reads.set(self.reads.get() + 1); &self.value } }
impl<T> DerefMut for Guard<T> { fn deref_mut(&mut self) -> &mut T { self.writes += 1; &mut self.value } }
struct Outer { guard: Guard<Inner> }
impl Deref for Outer { type Target = Guard<Inner>; fn deref(&self) -> &Guard<Inner> { &self.guard } }
impl DerefMut for Outer { fn deref_mut(&mut self) -> &mut Guard<Inner> { &mut self.guard } }
impl Outer { fn name(&self) -> u64 { 2 + self.guard.name() * 10 } }
struct Slice<'a>(&'a [u64]);
impl Deref for Slice<'_> { type Target = [u64]; fn deref(&self) -> &[u64] { self.0 } }
impl Index<&str> for Slice<'_> { type Output = u64; fn index(&self, key: &str) -> &u64 { &self.0[key.len()] } }
pub fn run(input: u64) -> u64 {
    let mut o = Outer { guard: Guard { value: Inner { list: [1, 2, 3, input], calls: 0 }, reads: Default::default(), writes: 0 } };
    *o.bump() += 10;
    *o.bump() *= 3;
    o.list[0] = 100;
    let a = o.sum() + o.name() * 1000 + Inner::name(&o);
    let s = Slice(&[5, 6, 7, input]);
    let b = s.len() as u64 + s.iter().rev().take(2).sum::<u64>() + s["ab"] + (*s)[..2][1] + *s.first().unwrap_or(&0);
    a + b * 100_000 + o.reads.get() * 10_000_000 + o.writes * 100_000_000 + o.calls
}
