//! Builders by value and by reference, chained calls that change and return self, and shadowed receivers.
#[derive(Clone, Copy, Default, PartialEq)]
struct Request { path: u32, retries: u8, body: Option<[u8; 4]>, tags: [u16; 3], used: usize }
impl Request {
    fn to(path: u32) -> Request { Request { path, ..Request::default() } }
    fn retries(mut self, n: u8) -> Self { self.retries = self.retries.max(n); self }
    fn body(self, body: [u8; 4]) -> Self { Request { body: Some(body), ..self } }
    fn tag(&mut self, tag: u16) -> &mut Self { if self.used < 3 { self.tags[self.used] = tag; self.used += 1; } self }
    fn when(self, on: bool, f: impl FnOnce(Self) -> Self) -> Self { if on { f(self) } else { self } }
    fn sum(&self) -> u64 { self.path as u64 * 1000 + self.retries as u64 * 100 + self.body.map_or(0, |b| b.iter().map(|x| *x as u64).sum()) + self.tags.iter().map(|t| *t as u64).sum::<u64>() }
    fn take(&mut self) -> Option<[u8; 4]> { self.body.take() }
}
pub fn run(input: u64) -> u64 {
    let mut r = Request::to(input as u32).retries(2).retries(1).when(input > 1, |r| r.body([input as u8, 1, 2, 3])).when(input == 0, |r| Request { path: 9, ..r });
    r.tag(5).tag(input as u16).tag(7).tag(100);
    let copy = r;
    let taken = r.take().is_some() as u64;
    let same = (copy == r) as u64;
    r.sum() * 1_000_000 + copy.sum() + taken * 3 + same * 5 + { let r = &copy; let r = &&r; r.sum() % 7 }
}
