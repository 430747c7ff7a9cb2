//! Statics that cannot change, with closures, methods and drop glue behind them: the edit compiles the whole file.
//# inputs: 0 1 2 3
//# whole: { x + 1 } => { x * 3 + 2 }
//# optimised
//# whole: { x * 3 + 2 } => { x ^ 21 }
fn leaf(x: u64) -> u64 { x + 1 }
static TABLE: [fn(u64) -> u64; 2] = [leaf, |x| leaf(x) * 5];
struct Rule { name: &'static str, run: fn(u64) -> u64 }
pub static RULES: [Rule; 2] = [Rule { name: "a", run: |x| leaf(x) + 1 }, Rule { name: "bc", run: leaf }];
static OUTER: &[&[Rule]] = &[&RULES, &[Rule { name: "def", run: |x| leaf(x) * 11 }]];
trait Voice: Sync { fn play(&self, x: u64) -> u64; }
struct Wide<T>(T);
impl<T: Sync + Copy + Into<u64>> Voice for Wide<T> { fn play(&self, x: u64) -> u64 { leaf(x) + self.0.into() } }
static VOICE: &dyn Voice = &Wide(7u8);
pub fn run(input: u64) -> u64 {
    match input {
        0 => TABLE.iter().map(|f| f(6)).sum(),
        1 => RULES.iter().map(|rule| (rule.run)(rule.name.len() as u64)).sum(),
        2 => OUTER.iter().flat_map(|rules| rules.iter()).map(|rule| (rule.run)(rule.name.len() as u64)).sum(),
        _ => VOICE.play(input),
    }
}
