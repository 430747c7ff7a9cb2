//! Panics while things are made, moved, called and dropped: what is alive is dropped once, innermost first.
//# inputs: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
static mut LOG: u64 = 1;
fn note(n: u64) { unsafe { LOG = LOG.wrapping_mul(31).wrapping_add(n); } }
struct D(u64);
impl Drop for D { fn drop(&mut self) { note(self.0); if self.0 == 1000 { panic!("in a drop") } } }
struct Pair { a: D, b: D }
enum Tree { Leaf(D), Node { left: D, right: D } }
fn fails(n: u64, at: u64) -> D { if n == at { panic!("at {n}") } D(n) }
fn consumes(a: D, b: D, at: u64) -> u64 { let _c = D(3); if at == 2 { panic!("consumed") } drop(a); b.0 }
fn generic<T, F: FnOnce(T) -> D>(value: T, f: F) -> D { let _g = D(70); f(value) }
trait Speak { fn speak(&self, at: u64) -> u64; }
impl Speak for D { fn speak(&self, at: u64) -> u64 { let _s = D(80); [1u64, 2][at as usize] } }
fn deep(n: u64) -> u64 { let _d = D(n); if n == 103 { let zero = n - 103; return 1 / zero } deep(n + 1) + 1 }
pub fn run(input: u64) -> u64 {
    let before = unsafe { let seen = LOG; LOG = 1; seen };
    let outer = D(9);
    let value = match input {
        0 => { let p = Pair { a: fails(1, 9), b: fails(2, 2) }; p.a.0 }
        1 => { let t = (D(4), fails(5, 9), [D(6), fails(7, 7)]); t.0.0 }
        2 => consumes(D(1), D(2), 2) + D(40).0,
        3 => consumes(outer, fails(41, 41), 0),
        4 => generic(D(42), |d| { let _x = D(43); if d.0 > 1 { panic!("in a closure") } d }).0,
        5 => { let by_ref = D(44); generic((), |()| fails(by_ref.0, 44)).0 }
        6 => { let object: &dyn Speak = &D(45); object.speak(input) }
        7 => deep(100),
        8 => { let t = if input > 3 { Tree::Node { left: D(46), right: D(47) } } else { Tree::Leaf(D(48)) }; match t { Tree::Node { left, .. } => { drop(left); panic!("half of it") } Tree::Leaf(d) => d.0 } }
        9 => { let mut x = D(49); let y = Pair { a: D(50), b: D(51) }; x = y.a; let r: Result<u64, u64> = Err(x.0); r.unwrap() }
        10 => { let _a = D(52); { let _bad = D(1000); let _b = D(53); } 1 }
        11 => { let mut slot = D(1000); slot.0 += input - 11; slot = D(54); slot.0 }
        12 => { let array = [D(55), D(1000), D(56), D(57)]; drop(array); 2 }
        13 => { let _p = Pair { a: D(1000), b: D(58) }; 3 }
        14 => { for i in 0..5 { let _l = D(60 + i); if i == 3 { let none: Option<u64> = None; none.expect("nothing in the loop"); } } 4 }
        _ => { let n = D(59).0; D(61).speak(if n > 3 { 1 } else { 5 }) }
    };
    before.wrapping_mul(1_000_003) ^ value
}
