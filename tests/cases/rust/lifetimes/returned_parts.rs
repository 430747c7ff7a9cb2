//! Functions that return parts of their arguments: by several lifetimes, static promotion, through traits and closures.
struct Pool<'a> { slots: [Option<&'a [u8]>; 3] }
impl<'a> Pool<'a> {
    fn longest<'s>(&'s self, other: &'a [u8]) -> &'a [u8] { self.slots.iter().flatten().fold(other, |best, s| if s.len() > best.len() { s } else { best }) }
    fn first_or<'s: 'r, 'r>(&'s self, backup: &'r [u8]) -> &'r [u8] where 'a: 'r { self.slots[0].unwrap_or(backup) }
    fn put(&mut self, s: &'a [u8]) -> Option<&'a [u8]> { let free = self.slots.iter().position(Option::is_none); self.slots[free.unwrap_or(0)].replace(s) }
}
trait Split { fn halves<'a>(&self, s: &'a [u8]) -> (&'a [u8], &'a [u8]); }
struct At(usize);
struct By<F>(F);
impl Split for At { fn halves<'a>(&self, s: &'a [u8]) -> (&'a [u8], &'a [u8]) { s.split_at(self.0.min(s.len())) } }
impl<F: Fn(u8) -> bool> Split for By<F> { fn halves<'a>(&self, s: &'a [u8]) -> (&'a [u8], &'a [u8]) { s.split_at(s.iter().position(|b| (self.0)(*b)).unwrap_or(s.len())) } }
fn pieces<'t, S: Split>(text: &'t [u8], split: S) -> impl Iterator<Item = &'t [u8]> { let mut rest = Some(text); std::iter::from_fn(move || { let text = rest.take()?; let (a, b) = split.halves(text); if !b.is_empty() { rest = Some(&b[1..]); } Some(a) }) }
fn constant(n: u64) -> &'static [u64] { match n { 0 => &[], 1 => &[7], _ => &[1, 2, 3] } }
pub fn run(input: u64) -> u64 {
    let own = [1u8, 2, 3, input as u8, 5];
    let mut pool = Pool { slots: [None; 3] };
    let kept;
    {
        let short = [9u8];
        kept = pool.first_or(&short).len();
        for s in [&own[..2], &b"static"[..], &own[1..]].into_iter().take(input as usize + 1) { pool.put(s); }
    }
    let longest = pool.longest(&own[..3]);
    let replaced = pool.put(b"x").map_or(0, <[u8]>::len);
    let a = pieces(b"ab,cde,,f", By(|b| b == b',')).fold(0, |h, p| h * 10 + p.len() as u64);
    let b = pieces(longest, At(2)).fold(0, |h, p| h * 300 + p.first().map_or(0, |b| *b as u64));
    a * 1_000_000 + b + longest.len() as u64 * 100 + replaced as u64 * 10 + kept as u64 + constant(input).iter().sum::<u64>() * 1000
}
