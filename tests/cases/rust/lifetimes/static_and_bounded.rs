//! 'static values, bounds between lifetimes, structs that hold mutable borrows for a while, and iterators that borrow.
struct Tokens<'t, 's> { text: &'t [u8], seen: &'s mut u64, separators: &'static [u8] }
impl<'t> Iterator for Tokens<'t, '_> {
    type Item = &'t [u8];
    fn next(&mut self) -> Option<&'t [u8]> {
        let start = self.text.iter().position(|b| !self.separators.contains(b))?;
        let rest = &self.text[start..];
        let end = rest.iter().position(|b| self.separators.contains(b)).unwrap_or(rest.len());
        self.text = &rest[end..];
        *self.seen += 1;
        Some(&rest[..end])
    }
}
struct Scope<'a> { log: &'a mut [u64; 4], depth: usize }
impl Scope<'_> { fn nested<R>(&mut self, f: impl for<'b> FnOnce(&mut Scope<'b>) -> R) -> R { self.log[self.depth % 4] += 1; let mut inner = Scope { log: self.log, depth: self.depth + 1 }; f(&mut inner) } }
fn pick<'long: 'short, 'short, T: ?Sized>(a: &'long T, b: &'short T, first: bool) -> &'short T { if first { a } else { b } }
fn keep<T: Copy + 'static>(t: T) -> [T; 2] { [t; 2] }
pub fn run(input: u64) -> u64 {
    let text = *b"one, two;three ,four";
    let mut seen = 0;
    let longest = { let tokens = Tokens { text: &text[input as usize..], seen: &mut seen, separators: b" ,;" }; tokens.max_by_key(|t| t.len()).unwrap_or(b"") };
    let mut log = [0; 4];
    let value = Scope { log: &mut log, depth: 0 }.nested(|s| { s.nested(|s| { s.nested(|s| s.depth as u64); s.depth as u64 }) * 10 + s.nested(|s| s.log[1]) });
    let local = [7u8, 8];
    let picked = pick(b"static" as &[u8], &local[..], input > 1).len();
    let [x, y] = keep("text");
    longest.len() as u64 * 1000 + longest[0] as u64 + seen * 100_000 + value * 1_000_000 + log.iter().fold(0, |h, x| h * 10 + x) * 7 + picked as u64 + (x.len() + y.len()) as u64
}
