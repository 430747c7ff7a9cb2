//! Borrowed-or-owned values without heap, lazy values, once cells, generational handles: memory patterns in safe code.
use std::cell::{Cell, OnceCell};
use std::ops::Deref;
enum Maybe<'a, const N: usize> { Borrowed(&'a [u8]), Owned([u8; N], usize) }
impl<const N: usize> Deref for Maybe<'_, N> { type Target = [u8]; fn deref(&self) -> &[u8] { match self { Maybe::Borrowed(s) => s, Maybe::Owned(bytes, n) => &bytes[..*n] } } }
fn without(text: &[u8], c: u8) -> Maybe<'_, 16> {
    if !text.contains(&c) { return Maybe::Borrowed(text) }
    let mut out = [0; 16];
    let mut n = 0;
    for b in text.iter().filter(|b| **b != c) { out[n] = *b; n += 1; }
    Maybe::Owned(out, n)
}
struct Lazy<T, F: Fn() -> T> { cell: OnceCell<T>, make: F }
impl<T, F: Fn() -> T> Lazy<T, F> { fn get(&self) -> &T { self.cell.get_or_init(&self.make) } }
#[derive(Clone, Copy, PartialEq)]
struct Handle { at: u8, age: u32 }
struct Slots<T> { items: [(u32, Option<T>); 4] }
impl<T> Slots<T> {
    fn add(&mut self, item: T) -> Option<Handle> { let (at, slot) = self.items.iter_mut().enumerate().find(|(_, s)| s.1.is_none())?; slot.1 = Some(item); Some(Handle { at: at as u8, age: slot.0 }) }
    fn get(&self, h: Handle) -> Option<&T> { let (age, item) = &self.items[h.at as usize]; if *age == h.age { item.as_ref() } else { None } }
    fn remove(&mut self, h: Handle) -> Option<T> { let slot = self.items.get_mut(h.at as usize).filter(|s| s.0 == h.age)?; slot.0 += 1; slot.1.take() }
}
pub fn run(input: u64) -> u64 {
    let cut = without(b"abracadabra", if input > 1 { b'a' } else { b'x' });
    let owned = matches!(cut, Maybe::Owned(..)) as u64;
    let calls = Cell::new(0);
    let lazy = Lazy { cell: OnceCell::new(), make: || { calls.set(calls.get() + 1); input * 3 + 1 } };
    let twice = if input > 0 { *lazy.get() + *lazy.get() } else { 0 };
    let mut slots = Slots { items: [const { (0, None) }; 4] };
    let (a, b) = (slots.add(input).expect("room"), slots.add(5).expect("room"));
    let gone = slots.remove(a).unwrap_or(0);
    let again = slots.remove(a).is_none() as u64;
    let c = slots.add(9).expect("room");
    let same = (c.at == a.at && c != a) as u64;
    cut.len() as u64 * 100 + owned * 10 + twice * 1000 + calls.get() * 100_000 + gone + again + same * 3 + slots.get(b).copied().unwrap_or(0) * 1_000_000 + slots.get(a).map_or(7, |x| *x) + slots.get(c).map_or(0, |x| *x)
}
