//! Marker traits, where clauses on methods, inherent impls for particular parameters, PhantomData.
use std::marker::PhantomData;
struct Open;
struct Closed;
trait State { const CODE: u64; }
impl State for Open { const CODE: u64 = 1; }
impl State for Closed { const CODE: u64 = 2; }
struct Door<S> { uses: u64, state: PhantomData<S> }
impl Door<Closed> { fn new(uses: u64) -> Self { Door { uses, state: PhantomData } } fn open(self) -> Door<Open> { Door { uses: self.uses + 1, state: PhantomData } } }
impl Door<Open> { fn close(self) -> Door<Closed> { Door { uses: self.uses * 2, state: PhantomData } } }
impl<S: State> Door<S> { fn code(&self) -> u64 { self.uses * 10 + S::CODE } }
struct Wrap<T>(T);
impl<T> Wrap<T> {
    fn sum(&self) -> u64 where T: Copy + Into<u64> { self.0.into() + 1 }
    fn len(&self) -> u64 where T: AsRef<[u8]> { self.0.as_ref().len() as u64 }
}
impl Wrap<bool> { fn flip(self) -> Wrap<bool> { Wrap(!self.0) } }
pub fn run(input: u64) -> u64 {
    let door = Door::new(input);
    let a = door.code();
    let open = door.open();
    let b = open.code();
    let c = open.close().open().close().code();
    let size = std::mem::size_of::<Door<Open>>() as u64;
    a + b * 1000 + c * 1_000_000 + size + Wrap(input as u8).sum() * 3 + Wrap([1u8, 2, 3]).len() + Wrap(input > 1).flip().0 as u64
}
