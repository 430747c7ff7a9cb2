//! What vectors, boxes and counted pointers drop, in which order, and when something panics in the middle.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10 11
use std::rc::Rc;
static mut LOG: u64 = 1;
fn note(n: u64) { unsafe { LOG = LOG.wrapping_mul(31).wrapping_add(n); } }
#[derive(Debug, PartialEq, PartialOrd)]
struct D(u64);
impl Drop for D { fn drop(&mut self) { note(self.0); if self.0 == 1000 { panic!("in a drop") } } }
impl Clone for D { fn clone(&self) -> D { if self.0 == 77 { panic!("in a clone") } D(self.0 + 100) } }
trait Named { fn name(self: Box<Self>) -> u64; fn peek(&self) -> u64; }
impl Named for D { fn name(self: Box<Self>) -> u64 { self.0 * 2 } fn peek(&self) -> u64 { self.0 } }
enum List { End, Node(D, Box<List>) }
fn list(n: u64) -> List { if n == 0 { List::End } else { List::Node(D(n), Box::new(list(n - 1))) } }
fn split(l: List) -> (u64, u64) { match l { List::Node(d, rest) => match *rest { List::Node(e, _) => (d.0, e.0), List::End => (d.0, 0) }, List::End => (0, 0) } }
pub fn run(input: u64) -> u64 {
    let before = unsafe { let seen = LOG; LOG = 1; seen };
    let mut v: Vec<D> = (1..6).map(D).collect();
    let value = match input {
        0 => { v.retain(|d| d.0 % 2 == 1); v.insert(1, D(9)); v.truncate(3); drop(v.swap_remove(0)); v.len() as u64 }
        1 => { let middle: Vec<D> = v.drain(1..4).rev().collect(); v.extend(middle); let s: u64 = v.iter().map(|d| d.0).fold(0, |h, x| h * 10 + x); s }
        2 => { v[2].0 = 77; let copy = v.clone(); copy.len() as u64 }
        3 => { v[1].0 = 1000; drop(v); 1 }
        4 => { v.sort_by(|a, b| { if a.0 + b.0 == 8 { panic!("in a comparison") } b.partial_cmp(a).unwrap() }); v[0].0 }
        5 => { let boxed: Box<dyn Named> = Box::new(D(8)); let n = boxed.peek(); let all: Vec<Box<dyn Named>> = vec![Box::new(D(10)), Box::new(D(11)), boxed]; let s: u64 = all.into_iter().skip(1).map(|b| b.name()).sum(); s + n }
        6 => { let f: Box<dyn FnOnce(u64) -> u64> = { let d = D(12); Box::new(move |x| d.0 + x) }; let g: Box<dyn FnOnce() -> D> = Box::new(move || v.pop().unwrap()); let unused: Box<dyn FnOnce() -> u64> = { let d = D(13); Box::new(move || d.0) }; let _ = &unused; f(3) + g().0 }
        7 => { let a = Rc::new(D(14)); let b: Rc<dyn Named> = a.clone(); let w = Rc::downgrade(&a); drop(a); let n = b.peek() + w.strong_count() as u64; drop(b); n * 10 + w.upgrade().is_none() as u64 }
        8 => { let (a, b) = split(list(4)); a * 10 + b }
        9 => { let s: Vec<D> = v.splice(1..3, [D(20), D(21), D(22)]).collect(); let t = v.split_off(4); s.len() as u64 * 100 + t.len() as u64 * 10 + v[2].0 }
        10 => { let pair = (Box::new(D(30)), Box::new(D(31))); let inner = *pair.1; let r: Result<Vec<D>, u64> = v.into_iter().map(|d| if d.0 == 4 { Err(inner.0) } else { Ok(d) }).collect(); r.map_or_else(|e| e, |v| v.len() as u64) }
        _ => { let mut b = Box::new((D(40), D(41))); let first = b.0; b.0 = D(first.0 + 2); let (x, _) = *b; let mut o = Some(Box::new(x)); if let Some(ref mut y) = o { **y = D(43); } let t = o.take().map(|y| y.0); t.unwrap_or(0) + o.is_none() as u64 }
    };
    before.wrapping_mul(1_000_003) ^ value
}
