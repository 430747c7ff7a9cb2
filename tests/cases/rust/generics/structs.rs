//! Generic structs and enums: methods, nested instances, defaults, different layouts of one definition.
#[derive(Clone, Copy)]
struct Pair<A, B = A> { a: A, b: B }
impl<A, B> Pair<A, B> {
    fn new(a: A, b: B) -> Self { Pair { a, b } }
    fn flip(self) -> Pair<B, A> { Pair { a: self.b, b: self.a } }
    fn map<C, F>(self, f: F) -> Pair<C, B> where F: FnOnce(A) -> C { Pair { a: f(self.a), b: self.b } }
}
impl<T: Copy + PartialOrd> Pair<T> { fn max(&self) -> T { if self.a > self.b { self.a } else { self.b } } }
enum Either<L, R> { Left(L), Right(R) }
impl<L: Into<u64>, R: Into<u64>> Either<L, R> { fn get(self) -> u64 { match self { Either::Left(l) => l.into(), Either::Right(r) => r.into() } } }
struct Stack<T, const N: usize> { items: [Option<T>; N], used: usize }
impl<T: Copy, const N: usize> Stack<T, N> {
    fn new() -> Self { Stack { items: [None; N], used: 0 } }
    fn push(&mut self, item: T) -> Result<(), T> { if self.used == N { return Err(item) } self.items[self.used] = Some(item); self.used += 1; Ok(()) }
    fn pop(&mut self) -> Option<T> { self.used = self.used.checked_sub(1)?; self.items[self.used].take() }
}
pub fn run(input: u64) -> u64 {
    let p = Pair::new(input as u8, 300u64).flip().map(|x| x as f64 / 2.0);
    let q: Pair<u32> = Pair { a: input as u32, b: 2 };
    let e = if input % 2 == 0 { Either::Left(5u8) } else { Either::Right(q.max()) };
    let mut stack = Stack::<Pair<u16, bool>, 3>::new();
    let mut failed = 0;
    for i in 0..5 { if let Err(p) = stack.push(Pair::new(i * 10, i % 2 == 0)) { failed += p.a as u64 } }
    let mut sum = 0;
    while let Some(Pair { a, b }) = stack.pop() { sum = sum * 31 + a as u64 + b as u64; }
    p.a.to_bits() ^ p.b as u64 ^ e.get() << 8 ^ failed << 20 ^ sum << 30
}
