//! Mutable references through structs, options, slices and closures; swaps of references; references to references changed.
struct Cursor<'a> { at: &'a mut u64, rest: &'a mut [u64] }
impl<'a> Cursor<'a> {
    fn step(self) -> Option<Cursor<'a>> { *self.at += 1; let (at, rest) = self.rest.split_first_mut()?; Some(Cursor { at, rest }) }
    fn bump(&mut self, by: u64) -> &mut Self { *self.at += by; if let Some(last) = self.rest.last_mut() { *last += by * 10; } self }
}
fn choose<'a>(a: &'a mut u64, b: &'a mut u64, first: bool) -> (&'a mut u64, &'a mut u64) { if first { (a, b) } else { (b, a) } }
fn each(items: &mut [Option<u64>], mut f: impl FnMut(&mut u64)) { for x in items.iter_mut().flatten() { f(x) } }
fn point<'a>(target: &mut &'a mut u64, other: &'a mut u64) { **target += 1; *target = other; **target += 2; }
pub fn run(input: u64) -> u64 {
    let mut items = [1u64, 2, 3, 4];
    let (at, rest) = items.split_first_mut().expect("four");
    let mut cursor = Some(Cursor { at, rest });
    for _ in 0..input { cursor = cursor.and_then(|mut c| { c.bump(5); c.step() }); }
    let ended = cursor.is_none();
    let (mut x, mut y) = (10, 20);
    { let (p, q) = choose(&mut x, &mut y, input % 2 == 0); *p += *q; std::mem::swap(p, q); }
    let mut options = [Some(input), None, Some(7)];
    let mut seen = 0;
    each(&mut options, |v| { *v *= 3; seen += *v; });
    let (mut a, mut b) = (100u64, 200);
    { let mut r = &mut a; point(&mut r, &mut b); *r *= 2; }
    items.iter().fold(0u64, |h, v| h * 101 + v) + ended as u64 + x * 7 + y * 11 + seen * 13 + a * 17 + b * 19 + options[2].unwrap_or(0)
}
