//! size_of, align_of, size_of_val, needs_drop, discriminant, and forget of values.
use std::mem;
#[derive(Clone, Copy)]
enum Kind { A, B(u64), C { x: u8 } }
struct Noisy<'a>(&'a std::cell::Cell<u64>);
impl Drop for Noisy<'_> { fn drop(&mut self) { self.0.set(self.0.get() * 10 + 1); } }
pub fn run(input: u64) -> u64 {
    let kinds = [Kind::A, Kind::B(input), Kind::C { x: 2 }, Kind::B(9)];
    let same = mem::discriminant(&kinds[1]) == mem::discriminant(&kinds[3]);
    let other = mem::discriminant(&kinds[input as usize]) == mem::discriminant(&Kind::A);
    let slice = &kinds[..input as usize];
    let text = "größe";
    let sizes = mem::size_of_val(slice) + mem::size_of_val(text) * 100 + mem::align_of_val(&kinds) * 10_000;
    let cell = std::cell::Cell::new(input);
    mem::forget(Noisy(&cell));
    drop(Noisy(&cell));
    let _ = Noisy(&cell);
    let _kept = mem::ManuallyDrop::new(Noisy(&cell));
    sizes as u64 + same as u64 * 7 + other as u64 * 11 + (mem::needs_drop::<Noisy>() as u64) * 13 + mem::needs_drop::<Kind>() as u64 + cell.get() * 1_000_000
}
