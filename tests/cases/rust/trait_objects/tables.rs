//! What tables hold: sizes and alignments, structs whose last field is an object, functions behind dyn Fn and dyn FnMut, upcasts over two steps.
use std::mem::{align_of_val, size_of_val};
trait Root { fn root(&self) -> u64; fn by_default(&self) -> u64 { self.root() + 1 } }
trait Left: Root { fn left(&self) -> u64; }
trait Right: Root { fn right(&mut self, by: u64) -> u64; }
trait Both: Left + Right { fn both(&self) -> u64 { self.left() * self.root() } fn only<T>(&self, _: T) -> u64 where Self: Sized { 5 } }
#[derive(Clone, Copy, PartialEq)]
struct Three(u64, u8);
impl Root for Three { fn root(&self) -> u64 { self.0 } }
impl Left for Three { fn left(&self) -> u64 { self.1 as u64 + 2 } }
impl Right for Three { fn right(&mut self, by: u64) -> u64 { self.0 += by; self.0 } }
impl Both for Three {}
impl Root for u16 { fn root(&self) -> u64 { *self as u64 } fn by_default(&self) -> u64 { 77 } }
#[repr(C)]
struct Wrapped<T: ?Sized> { before: u8, inner: T }
fn times(f: &dyn Fn(u64, u64) -> u64, n: u64) -> u64 { (0..n).map(|i| f(i, n)).sum() }
fn feed(f: &mut dyn FnMut(u64), n: u64) { for i in 0..n { f(i) } }
fn generic<F: Fn(u64, u64) -> u64 + ?Sized>(f: &F) -> u64 { f(3, 4) }
fn plain(a: u64, b: u64) -> u64 { a * 10 + b }
pub fn run(input: u64) -> u64 {
    let mut three = Three(input, 3);
    let total = { let both: &mut dyn Both = &mut three; let seen = both.both(); let right: &mut dyn Right = both; seen * 100 + right.right(4) + right.by_default() };
    let both: &dyn Both = &three;
    let left: &dyn Left = both;
    let root: &dyn Root = left;
    let wrapped: &Wrapped<dyn Root> = &Wrapped { before: 9, inner: three };
    let small: &Wrapped<dyn Root> = &Wrapped { before: 8, inner: input as u16 };
    let sizes = size_of_val(root) * 1000 + size_of_val(wrapped) * 10 + align_of_val(small) + size_of_val(small) * 100_000;
    let mut sum = 0;
    feed(&mut |x| sum += x * input, 5);
    let functions: [&dyn Fn(u64, u64) -> u64; 3] = [&plain, &|a, b| a + b + input, &(u64::wrapping_mul as fn(u64, u64) -> u64)];
    let called = functions.iter().fold(0, |h, f| h * 7 + times(*f, 4) + generic(*f));
    total + root.by_default() + wrapped.inner.root() * wrapped.before as u64 + small.inner.by_default() * small.before as u64 + sizes as u64 * 1000 + sum + called * 3 + three.only("x")
}
