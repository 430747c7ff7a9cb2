//! Captured values dropped with their closures, FnOnce that consumes, options replaced, and containers of containers.
use std::cell::Cell;
struct D<'a>(u64, &'a Cell<u64>);
impl Drop for D<'_> { fn drop(&mut self) { self.1.set(self.1.get().wrapping_mul(10) + self.0); } }
struct Holder<T> { inner: Option<T>, count: u64 }
impl<T> Holder<T> { fn put(&mut self, t: T) -> Option<T> { self.count += 1; self.inner.replace(t) } fn with<R>(&mut self, f: impl FnOnce(&mut T) -> R) -> Option<R> { self.inner.as_mut().map(f) } }
impl<T> Drop for Holder<T> { fn drop(&mut self) { if self.inner.is_some() { self.count = 0; } } }
fn run_once(f: impl FnOnce() -> u64) -> u64 { f() }
fn never_run(_: impl FnOnce() -> u64) {}
pub fn run(input: u64) -> u64 {
    let log = Cell::new(0);
    let (a, b, c) = (D(1, &log), D(2, &log), D(3, &log));
    let x = run_once(move || a.0 * 100);
    never_run(move || b.0);
    let by_ref = || c.0;
    let y = by_ref() + by_ref();
    {
        let mut holder = Holder { inner: None, count: 0 };
        for i in 4..5 + input { drop(holder.put((D(i, &log), [D(8, &log), D(9, &log)]))); }
        holder.with(|(d, rest)| { std::mem::swap(d, &mut rest[1]); d.0 });
        let nested = Holder { inner: Some(Holder { inner: Some(D(7, &log)), count: 1 }), count: 2 };
        let _ = &nested;
    }
    let option = Some(D(6, &log));
    let z = match option { Some(ref d) if d.0 > 6 => 0, Some(d) => d.0, None => 1 };
    drop(c);
    log.get().wrapping_mul(1_000_003) ^ x + y * 10 + z
}
