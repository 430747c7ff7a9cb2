//! A vector of fixed capacity over uninitialised memory: pushes, drops, iterates, swaps out, with a drop order that shows.
use std::cell::Cell;
use std::mem::MaybeUninit;
use std::ops::{Deref, DerefMut};
struct Fixed<T, const N: usize> { items: [MaybeUninit<T>; N], used: usize }
impl<T, const N: usize> Fixed<T, N> {
    fn new() -> Self { Fixed { items: [const { MaybeUninit::uninit() }; N], used: 0 } }
    fn push(&mut self, item: T) -> Result<&mut T, T> { if self.used == N { return Err(item) } self.used += 1; Ok(self.items[self.used - 1].write(item)) }
    fn pop(&mut self) -> Option<T> {
        self.used = self.used.checked_sub(1)?;
        // SAFETY: it was written, and is given away once.
        Some(unsafe { self.items[self.used].assume_init_read() })
    }
    fn swap_remove(&mut self, at: usize) -> T { let last = self.used - 1; self.items.swap(at, last); self.pop().expect("at least one") }
}
impl<T, const N: usize> Deref for Fixed<T, N> {
    type Target = [T];
    // SAFETY: so many were written.
    fn deref(&self) -> &[T] { unsafe { std::slice::from_raw_parts(self.items.as_ptr().cast(), self.used) } }
}
impl<T, const N: usize> DerefMut for Fixed<T, N> {
    // SAFETY: so many were written.
    fn deref_mut(&mut self) -> &mut [T] { unsafe { std::slice::from_raw_parts_mut(self.items.as_mut_ptr().cast(), self.used) } }
}
impl<T, const N: usize> Drop for Fixed<T, N> { fn drop(&mut self) { while let Some(item) = self.pop() { drop(item) } } }
struct Loud<'a>(u64, &'a Cell<u64>);
impl Drop for Loud<'_> { fn drop(&mut self) { self.1.set(self.1.get() * 10 + self.0); } }
pub fn run(input: u64) -> u64 {
    let log = Cell::new(0);
    let mut sum = 0;
    {
        let mut fixed = Fixed::<Loud, 4>::new();
        for n in 1..=3 + input { match fixed.push(Loud(n, &log)) { Ok(item) => item.0 += 1, Err(back) => sum += back.0 * 100 } }
        sum += fixed.iter().map(|l| l.0).sum::<u64>() + fixed.len() as u64 * 10;
        fixed.swap(0, 1);
        fixed[2].0 = 9;
        drop(fixed.swap_remove(0));
        sum += fixed.first().map_or(0, |l| l.0) * 1000;
        if let Some(last) = fixed.pop() { sum += last.0 * 10_000; std::mem::forget(last); }
    }
    log.get() * 1_000_000 + sum
}
