//! Blanket impls over other traits, impls for references and slices, extension traits on iterators and options.
trait Sum64 { fn sum64(&self) -> u64; }
impl<T: Copy + Into<u64>> Sum64 for [T] { fn sum64(&self) -> u64 { self.iter().map(|x| (*x).into()).sum() } }
trait Describe { fn describe(&self) -> u64 where Self: Sized { size_of::<Self>() as u64 } fn kind() -> u64; }
impl<T> Describe for T { fn kind() -> u64 { align_of::<T>() as u64 * 100 + size_of::<T>() as u64 } }
trait IteratorMore: Iterator { 
    fn every(self, n: usize) -> Every<Self> where Self: Sized { Every { inner: self, n } }
    fn weighted(self) -> u64 where Self: Sized + Iterator<Item = u64> { let mut w = 0; self.fold(0, |s, x| { w += 1; s + x * w }) }
}
impl<I: Iterator + ?Sized> IteratorMore for I {}
struct Every<I> { inner: I, n: usize }
impl<I: Iterator> Iterator for Every<I> { type Item = I::Item; fn next(&mut self) -> Option<I::Item> { let x = self.inner.next(); for _ in 1..self.n { self.inner.next(); } x } fn size_hint(&self) -> (usize, Option<usize>) { (0, None) } }
trait OrLog<T> { fn or_log(self, log: &mut u64, code: u64) -> T; }
impl<T: Default> OrLog<T> for Option<T> { fn or_log(self, log: &mut u64, code: u64) -> T { self.unwrap_or_else(|| { *log = *log * 10 + code; T::default() }) } }
impl<T: Default, E> OrLog<T> for Result<T, E> { fn or_log(self, log: &mut u64, code: u64) -> T { self.ok().or_log(log, code + 5) } }
pub fn run(input: u64) -> u64 {
    let mut log = 0;
    let a = [1u8, 2, input as u8].sum64() + [1000u32; 3][..input as usize].sum64();
    let b = (input..30).every(4).weighted() + [5u64, 6, 7, 8].iter().copied().every(3).map(|x| x * 2).weighted() * 100;
    let c = input.checked_sub(2).or_log(&mut log, 1) + u8::try_from(input * 100).or_log(&mut log, 2) as u64 + None::<u64>.or_log(&mut log, 3);
    a + b * 10_000 + c * 7 + log * 1_000_000_000 + <(u8, u32)>::kind() + [0u16; 5].describe() + (&input).describe()
}
