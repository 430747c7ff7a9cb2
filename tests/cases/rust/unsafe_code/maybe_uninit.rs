//! MaybeUninit: arrays filled piece by piece, values written and read, partial initialisation.
use std::mem::MaybeUninit;
#[derive(Clone, Copy)]
struct Entry { key: u32, value: u64 }
struct Ring<T, const N: usize> { slots: [MaybeUninit<T>; N], head: usize, len: usize }
impl<T: Copy, const N: usize> Ring<T, N> {
    fn new() -> Self { Ring { slots: [const { MaybeUninit::uninit() }; N], head: 0, len: 0 } }
    fn push(&mut self, item: T) -> Option<T> {
        let old = if self.len == N { self.pop() } else { None };
        self.slots[(self.head + self.len) % N].write(item);
        self.len += 1;
        old
    }
    fn pop(&mut self) -> Option<T> {
        if self.len == 0 { return None }
        // SAFETY: `len` slots from `head` on were written.
        let item = unsafe { self.slots[self.head].assume_init() };
        self.head = (self.head + 1) % N;
        self.len -= 1;
        Some(item)
    }
}
pub fn run(input: u64) -> u64 {
    let mut ring = Ring::<Entry, 4>::new();
    let mut sum = 0u64;
    for i in 0..7 + input {
        if let Some(old) = ring.push(Entry { key: i as u32, value: i * 100 }) { sum = sum * 7 + old.key as u64 + old.value; }
        if i % 3 == input % 3 { ring.pop(); }
    }
    while let Some(entry) = ring.pop() { sum = sum * 7 + entry.value; }
    let mut one = MaybeUninit::<[u16; 3]>::uninit();
    one.write([1, 2, input as u16]);
    // SAFETY: it was written.
    sum * 10 + unsafe { one.assume_init() }[2] as u64
}
