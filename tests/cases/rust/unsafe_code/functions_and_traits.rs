//! Unsafe functions, traits and blocks, unchecked indexing, and safe wrappers around them.
unsafe trait Zeroed: Sized { fn zero() -> Self; }
// SAFETY: 0 is a value.
unsafe impl Zeroed for u64 { fn zero() -> u64 { 0 } }
// SAFETY: arrays of what can be zero.
unsafe impl<T: Zeroed + Copy, const N: usize> Zeroed for [T; N] { fn zero() -> Self { [T::zero(); N] } }
unsafe fn at(items: &[u64], i: usize) -> u64 {
    // SAFETY: the caller's.
    unsafe { *items.get_unchecked(i) }
}
struct Buffer { items: [u64; 8], used: usize }
impl Buffer {
    fn push(&mut self, x: u64) {
        assert!(self.used < 8, "the buffer is full");
        // SAFETY: just checked.
        unsafe { *self.items.get_unchecked_mut(self.used) = x; }
        self.used += 1;
    }
    fn get(&self, i: usize) -> Option<u64> {
        // SAFETY: `used` is at most the length.
        (i < self.used).then(|| unsafe { at(&self.items, i) })
    }
}
pub fn run(input: u64) -> u64 {
    let mut buffer = Buffer { items: Zeroed::zero(), used: 0 };
    for i in 0..5 + input * 2 { buffer.push(i * i + input); }
    let sum: u64 = (0..9).filter_map(|i| buffer.get(i)).sum();
    let f: unsafe fn(&[u64], usize) -> u64 = at;
    // SAFETY: one is within.
    sum * 100 + unsafe { f(&[4, 5], 1) } + <[u64; 3]>::zero().len() as u64
}
