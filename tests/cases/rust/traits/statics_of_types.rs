//! Type-level computation: Peano numbers, lists of types, state in associated consts, and recursion in trait resolution.
struct Zero;
struct Succ<N>(std::marker::PhantomData<N>);
trait Number { const VALUE: u64; }
impl Number for Zero { const VALUE: u64 = 0; }
impl<N: Number> Number for Succ<N> { const VALUE: u64 = N::VALUE + 1; }
trait Add<O> { type Out: Number; }
impl<O: Number> Add<O> for Zero { type Out = O; }
impl<N: Add<O>, O> Add<O> for Succ<N> where Succ<N::Out>: Number { type Out = Succ<N::Out>; }
trait Mul<O> { type Out: Number; }
impl<O> Mul<O> for Zero { type Out = Zero; }
impl<N: Mul<O>, O: Add<N::Out>> Mul<O> for Succ<N> { type Out = <O as Add<N::Out>>::Out; }
struct Nil;
struct Cons<H, T> { head: H, tail: T }
trait List { const LEN: usize; fn fold(&self, acc: u64) -> u64; }
impl List for Nil { const LEN: usize = 0; fn fold(&self, acc: u64) -> u64 { acc } }
impl<H: Copy + Into<u64>, T: List> List for Cons<H, T> { const LEN: usize = 1 + T::LEN; fn fold(&self, acc: u64) -> u64 { self.tail.fold(acc * 10 + self.head.into()) } }
macro_rules! list { () => { Nil }; ($x:expr $(, $rest:expr)*) => { Cons { head: $x, tail: list!($($rest),*) } }; }
fn len<L: List>(_: &L) -> u64 { L::LEN as u64 }
type Two = Succ<Succ<Zero>>;
type Three = Succ<Two>;
pub fn run(input: u64) -> u64 {
    let l = list![1u8, input as u32, true, 'a' as u8, input];
    let array = [0u8; <Cons<u8, Cons<u8, Nil>> as List>::LEN];
    <<Three as Mul<Two>>::Out as Number>::VALUE * 1000 + <<Two as Add<Three>>::Out as Number>::VALUE * 100 + len(&l) * 10 + array.len() as u64 + l.fold(3) * 10_000
}
