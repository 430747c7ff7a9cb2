//! The order of drops: locals, fields, temporaries, arguments, arrays, vectors, shadowed and reassigned ones, early returns.
use std::cell::RefCell;
struct Loud<'a>(u8, &'a RefCell<Vec<u8>>);
impl Drop for Loud<'_> { fn drop(&mut self) { self.1.borrow_mut().push(self.0); } }
struct Outer<'a> { b: Loud<'a>, a: Loud<'a> }
impl Drop for Outer<'_> { fn drop(&mut self) { self.a.1.borrow_mut().push(100 + self.b.0); } }
fn take(_: Loud, keep: Loud, early: bool) -> u8 { if early { return keep.0 } let _inner = Loud(50, keep.1); keep.0 + 1 }
pub fn run(input: u64) -> u64 {
    let log = RefCell::new(Vec::new());
    let loud = |n| Loud(n, &log);
    {
        let _x = loud(1);
        let _x = loud(2);
        let mut y = loud(3);
        y.0 += take(loud(4), loud(5), input == 1);
        y = loud(6);
        let _outer = Outer { a: loud(7), b: loud(8) };
        let _vector = vec![loud(9), loud(10), loud(11)];
        let boxed: Box<Loud> = Box::new(loud(12));
        if input > 1 { drop(boxed) }
        let pair = (loud(13), loud(14));
        let (first, _) = pair;
        let _ = first;
        match loud(15) { Loud(n, _) if n > 20 => {} _ => log.borrow_mut().push(99) }
        let _kept = Some(loud(16)).into_iter().chain([loud(17)]).nth(input as usize % 2);
        let _ = &y;
    }
    log.borrow().iter().fold(0u64, |h, n| h.wrapping_mul(131) + *n as u64)
}
