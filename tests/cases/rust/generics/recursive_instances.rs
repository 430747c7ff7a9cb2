//! Instances that call one another in rounds, with local functions, statics and consts of their own.
trait Step { type Next: Step; const STOP: bool; fn add(x: u64) -> u64; }
struct A;
struct B;
struct C;
impl Step for A { type Next = B; const STOP: bool = false; fn add(x: u64) -> u64 { x + 1 } }
impl Step for B { type Next = C; const STOP: bool = false; fn add(x: u64) -> u64 { x * 2 } }
impl Step for C { type Next = A; const STOP: bool = true; fn add(x: u64) -> u64 { x + 100 } }
fn walk<S: Step>(x: u64, rounds: u32) -> u64 {
    fn note<T>(x: u64, _: T) -> u64 { x + std::mem::size_of::<T>() as u64 }
    let x = note(S::add(x), [0u16; 3]);
    if S::STOP && rounds == 0 { return x }
    walk::<S::Next>(x, if S::STOP { rounds - 1 } else { rounds })
}
fn ping<T: Copy + Into<u64>>(n: u64, t: T) -> u64 { if n == 0 { t.into() } else { pong(n - 1, t, t) } }
fn pong<T: Copy + Into<u64>>(n: u64, a: T, b: T) -> u64 { if n == 0 { a.into() + b.into() } else { ping(n - 1, a) + 1 } }
pub fn run(input: u64) -> u64 {
    walk::<A>(input, 3) * 1_000_000 + walk::<C>(input, 0) * 1000 + ping(input + 4, 7u8) * 10 + ping(input, true)
}
