//! Own iterators: adapters work on them, for loops use them, IntoIterator for own types and references.
struct Count { at: u64, end: u64 }
impl Iterator for Count {
    type Item = u64;
    fn next(&mut self) -> Option<u64> {
        if self.at >= self.end { return None }
        self.at += 1;
        Some(self.at - 1)
    }
}
struct Bag { items: [u64; 4], used: usize }
impl IntoIterator for Bag { type Item = u64; type IntoIter = std::iter::Take<std::array::IntoIter<u64, 4>>; fn into_iter(self) -> Self::IntoIter { self.items.into_iter().take(self.used) } }
impl<'a> IntoIterator for &'a Bag { type Item = &'a u64; type IntoIter = std::slice::Iter<'a, u64>; fn into_iter(self) -> std::slice::Iter<'a, u64> { self.items[..self.used].iter() } }
impl<'a> IntoIterator for &'a mut Bag { type Item = &'a mut u64; type IntoIter = std::slice::IterMut<'a, u64>; fn into_iter(self) -> std::slice::IterMut<'a, u64> { self.items[..self.used].iter_mut() } }
struct Fibonacci(u64, u64);
impl Iterator for Fibonacci {
    type Item = u64;
    fn next(&mut self) -> Option<u64> { let r = self.0; (self.0, self.1) = (self.1, self.0 + self.1); Some(r) }
}
pub fn run(input: u64) -> u64 {
    let a: u64 = Count { at: input, end: 9 }.filter(|x| x % 2 == 1).map(|x| x * x).sum();
    let mut bag = Bag { items: [3, 1, 4, 1], used: 1 + input as usize % 4 };
    for x in &mut bag { *x += input; }
    let mut b = 0;
    for x in &bag { b = b * 10 + x; }
    for x in bag { b = b * 3 + x; }
    let c = Fibonacci(0, 1).skip_while(|x| *x < input * 10).step_by(2).take(3).fold(1, |s, x| s * (x + 1));
    let d = Count { at: 0, end: 5 }.zip(Fibonacci(input, 1)).map(|(x, y)| x * y).max().unwrap_or(0);
    let mut rest = Count { at: 0, end: 7 };
    let e: u64 = rest.by_ref().take(2).sum();
    a + b * 100 + c * 3 + d * 7 + e * 11 + rest.next().unwrap_or(50)
}
