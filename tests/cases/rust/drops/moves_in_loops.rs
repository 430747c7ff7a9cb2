//! Values moved out in loops and branches, conditionally initialised, dropped on break, continue and `?`.
use std::cell::Cell;
struct D<'a>(u64, &'a Cell<u64>);
impl Drop for D<'_> { fn drop(&mut self) { self.1.set((self.1.get() * 7 + self.0) % 1_000_000_007); } }
fn maybe<'a>(n: u64, log: &'a Cell<u64>) -> Result<D<'a>, D<'a>> { if n % 3 == 0 { Err(D(n + 50, log)) } else { Ok(D(n, log)) } }
fn chain<'a>(n: u64, log: &'a Cell<u64>) -> Result<u64, D<'a>> { let a = maybe(n, log)?; let _b = D(9, log); let c = maybe(n + 1, log)?; Ok(a.0 + c.0) }
pub fn run(input: u64) -> u64 {
    let log = Cell::new(1);
    let mut kept = None;
    let mut slot;
    for i in 0..6 {
        let d = D(i, &log);
        if i == input { continue }
        if i == input + 2 { kept = Some(d); break }
        slot = D(i + 10, &log);
        if i % 2 == 1 { drop(slot); } else if i == 4 { std::mem::forget(slot); } else { let moved = slot; log.set(log.get() + moved.0); }
        let pair = (D(20, &log), D(21, &log));
        let _first = pair.0;
    }
    let a = chain(input, &log).map_or_else(|d| d.0, |n| n * 100);
    let late;
    if input > 1 { late = D(30, &log); log.set(log.get() + late.0); }
    let array = [D(40, &log), D(41, &log), D(42, &log)];
    let total: u64 = array.into_iter().take(2).map(|d| d.0).sum();
    if let Some(D(n, _)) = &kept { log.set(log.get() + n); }
    kept = None;
    log.get() * 1000 + a + total + kept.is_none() as u64
}
