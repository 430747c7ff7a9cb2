//! Zero-sized types: as fields, in arrays, as parameters and results, in enums, with methods and loops.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
struct Nothing;
#[derive(Clone, Copy, PartialEq)]
struct Wrapped { before: u32, nothing: Nothing, unit: (), empty: [u64; 0], after: u64 }
enum Choice { Left(Nothing), Right((), [Nothing; 3]) }
impl Nothing { fn say(self, n: u64) -> u64 { n + 1 } fn chain(&self) -> &Nothing { self } }
fn pass(a: (), b: Nothing, n: u64, c: [(); 4]) -> (Nothing, u64, ()) { let _ = (a, b); (Nothing, n + c.len() as u64, ()) }
fn choose(n: u64) -> Choice { if n > 1 { Choice::Left(Nothing) } else { Choice::Right((), [Nothing; 3]) } }
pub fn run(input: u64) -> u64 {
    let w = Wrapped { before: 1, nothing: Nothing, unit: (), empty: [], after: input };
    let (nothing, n, ()) = pass(w.unit, w.nothing, w.after, [(); 4]);
    let many = [nothing; 1000];
    let mut count = 0;
    for each in &many[..input as usize * 3] { count = each.chain().say(count); }
    let kind = match choose(input) { Choice::Left(x) => x.say(10), Choice::Right((), rest) => rest.len() as u64 };
    let same = w == Wrapped { before: 1, ..w } && many.contains(&Nothing) && Nothing == Default::default();
    n * 1000 + count * 100 + kind * 10 + same as u64 + size_of::<Wrapped>() as u64 + w.empty.iter().sum::<u64>()
}
