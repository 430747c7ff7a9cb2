//! Where values are dropped: temporaries of statements, tails, conditions and matches, extended ones, let-else, labelled blocks, assignments, arguments.
use std::cell::Cell;
struct D<'a>(u64, &'a Cell<u64>);
impl Drop for D<'_> { fn drop(&mut self) { self.1.set(self.1.get().wrapping_mul(31).wrapping_add(self.0)); } }
impl<'a> D<'a> { fn get(&self) -> u64 { self.0 } fn same(&self) -> &D<'a> { self } fn next(self) -> D<'a> { D(self.0 + 1, self.1) } fn maybe(&self) -> Option<u64> { (self.0 % 2 == 0).then_some(self.0) } }
struct Pair<'a> { a: D<'a>, b: D<'a> }
enum Either<'a> { One(D<'a>), Two { x: D<'a>, y: u64 }, None }
fn note(log: &Cell<u64>, n: u64) { log.set(log.get().wrapping_mul(31).wrapping_add(n)); }
fn tail(log: &Cell<u64>) -> u64 { let _a = D(1, log); D(2, log).get() }
fn params(a: D, _: D, (b, _): (D, D), mut c: D) -> u64 { note(a.1, 77); c.0 += 1; b.0 }
fn let_else<'a>(n: u64, log: &'a Cell<u64>) -> u64 { let Some(v) = D(n, log).maybe() else { note(log, 88); return D(40, log).get() }; let _x = D(v, log); let Either::Two { x, y } = (if n > 2 { Either::Two { x: D(9, log), y: 5 } } else { Either::One(D(8, log)) }) else { return 3 }; x.0 + y }
fn chain<'a>(n: u64, log: &'a Cell<u64>) -> Option<u64> { let _g = D(50, log); let first = (D(n, log).maybe()?, D(51, log)); let r = D(first.0 + 1, log).next().maybe()?; Some(r + first.1.0) }
pub fn run(input: u64) -> u64 {
    let log = &Cell::new(1);
    let d = |n| D(n, log);
    let mut sum = tail(log);
    sum += params(d(3), d(4), (d(5), d(6)), d(7));
    { let x = &d(10); let y = Pair { a: d(11), b: d(12) }; let Pair { a, .. } = y; let z = (&d(13), d(14).get()); note(log, x.0 + a.0 + z.0.0 + z.1); }
    if d(15).get() > input { note(log, 16); let _k = d(17); } else { note(log, 18); }
    if let Some(v) = d(20 + input).maybe() { note(log, v); } else { note(log, 21); }
    if let Some(v) = d(22).maybe() && let w = d(v + input) && w.same().get() % 2 == 0 && d(60).get() > 2 { note(log, w.0); } else { note(log, 23); }
    match d(24).maybe() { Some(n) if d(n).get() > 30 => note(log, 1), Some(_) if input > 1 => note(log, 2), _ => note(log, 3) }
    let mut slot = d(25);
    slot = d(26 + slot.0);
    let late;
    let unset: D;
    if input == 1 { late = d(27); note(log, late.0); } else if input == 2 { unset = d(28); drop(unset); }
    let e = match input { 0 => Either::One(d(29)), 1 => Either::Two { x: d(30), y: 4 }, 2 => Either::Two { x: d(31), y: 0 }, _ => Either::None };
    sum += match e { Either::One(inner) => inner.get(), Either::Two { x, y } if y > 0 => x.next().0, Either::Two { ref x, .. } => x.0, Either::None => 0 };
    let mut pair = Pair { a: d(32), b: d(33) };
    if input % 2 == 0 { drop(pair.a); if input == 2 { pair.a = d(34); } } else { pair = Pair { b: d(35), ..pair }; note(log, pair.a.0); }
    let found = 'out: { let _in = d(36); for i in 0..4 { let _l = d(37); if i == input { break 'out d(38 + i); } if i == 1 { continue; } note(log, i); } d(42) };
    sum += found.0 + let_else(input, log) + let_else(input + 4, log) + chain(input, log).unwrap_or(7) + chain(input + 1, log).unwrap_or(8);
    let array = [d(43), d(44), d(45)];
    let [first, .., last] = array;
    let _ = d(46);
    let _ = first;
    let both = (d(47), slot).1;
    sum += d(48).get() + { let inner = d(49); inner.same().get() } + (d(52).get() > 3 && d(53).get() > input || d(54).get() > 1) as u64;
    std::mem::forget(d(55));
    let kept = std::mem::ManuallyDrop::new(d(56));
    let moved = move || { let used = both; used.0 + last.0 };
    sum += moved() + kept.0;
    let mut option = Some(d(57));
    while let Some(now) = option { option = if now.0 < 59 { Some(now.next()) } else { None }; }
    let replaced = std::mem::replace(&mut pair.b, d(61));
    note(log, replaced.0);
    log.get().wrapping_mul(1_000_003) ^ sum
}
