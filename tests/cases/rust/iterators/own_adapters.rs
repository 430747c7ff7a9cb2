//! Own generic adapters written like the library's: with state, buffering, both ends, size hints and peeking.
struct Pairs<I: Iterator> { inner: I, last: Option<I::Item> }
impl<I: Iterator> Iterator for Pairs<I> where I::Item: Clone {
    type Item = (I::Item, I::Item);
    fn next(&mut self) -> Option<Self::Item> {
        let first = match self.last.take() { Some(x) => x, None => self.inner.next()? };
        let second = self.inner.next()?;
        self.last = Some(second.clone());
        Some((first, second))
    }
    fn size_hint(&self) -> (usize, Option<usize>) { let (l, h) = self.inner.size_hint(); (l.saturating_sub(1), h) }
}
struct Interleave<A, B> { a: A, b: B, flip: bool }
impl<A: Iterator, B: Iterator<Item = A::Item>> Iterator for Interleave<A, B> {
    type Item = A::Item;
    fn next(&mut self) -> Option<A::Item> {
        self.flip = !self.flip;
        if self.flip { self.a.next().or_else(|| self.b.next()) } else { self.b.next().or_else(|| self.a.next()) }
    }
}
struct Window<I, T, const N: usize> { inner: I, held: [T; N], full: bool }
impl<I: Iterator<Item = T>, T: Copy + Default, const N: usize> Iterator for Window<I, T, N> {
    type Item = [T; N];
    fn next(&mut self) -> Option<[T; N]> {
        if !self.full { for slot in &mut self.held[1..] { *slot = self.inner.next()?; } self.full = true; }
        self.held.rotate_left(1);
        *self.held.last_mut()? = self.inner.next()?;
        Some(self.held)
    }
}
struct Both<'a>(&'a [u64]);
impl<'a> Iterator for Both<'a> { type Item = &'a u64; fn next(&mut self) -> Option<&'a u64> { let (x, rest) = self.0.split_first()?; self.0 = rest; Some(x) } }
impl<'a> DoubleEndedIterator for Both<'a> { fn next_back(&mut self) -> Option<&'a u64> { let (x, rest) = self.0.split_last()?; self.0 = rest; Some(x) } }
trait More: Iterator + Sized { fn pairs(self) -> Pairs<Self> { Pairs { inner: self, last: None } } fn windows<const N: usize>(self) -> Window<Self, Self::Item, N> where Self::Item: Default + Copy { Window { inner: self, held: [Default::default(); N], full: false } } }
impl<I: Iterator> More for I {}
pub fn run(input: u64) -> u64 {
    let data = [3u64, 1, 4, 1, 5, 9, 2, 6, input];
    let a = data.iter().pairs().map(|(x, y)| x.abs_diff(*y)).fold(0, |h, d| h * 11 + d);
    let b = Interleave { a: 0..input, b: 10..13, flip: false }.fold(0, |h, x| h * 17 + x);
    let c = data.iter().copied().windows::<3>().map(|[x, y, z]| x * y + z).max().unwrap_or(0);
    let mut both = Both(&data);
    let d = both.next_back().copied().unwrap_or(0) + both.by_ref().rev().skip(2).step_by(2).take(2).sum::<u64>() * 10 + both.next().map_or(0, |x| x * 1000);
    let hint = data.iter().pairs().size_hint().0 as u64;
    a ^ b << 8 ^ c << 40 ^ d << 50 ^ hint << 60
}
