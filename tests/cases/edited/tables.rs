//! Functions and closures in constants and tables: of a trait, of a module, of a body.
//# inputs: 0 1 2 3 4
//# alone: { x + 1 } => { x * 3 + 2 }
//# optimised
//# alone: { x * 3 + 2 } => { x ^ 21 }
fn leaf(x: u64) -> u64 { x + 1 }
fn other(x: u64) -> u64 { leaf(x) * 2 }
const TABLE: [fn(u64) -> u64; 3] = [leaf, other, |x| leaf(x) * 5];
trait Act { const ACT: fn(u64) -> u64; fn act(&self, x: u64) -> u64 { Self::ACT(x) } }
struct One;
struct Two;
impl Act for One { const ACT: fn(u64) -> u64 = |x| leaf(x) + 100; }
impl Act for Two { const ACT: fn(u64) -> u64 = other; }
fn by_type<A: Act>(x: u64) -> u64 { A::ACT(x) }
struct Rule { name: &'static str, run: fn(u64) -> u64 }
const RULES: &[Rule] = &[Rule { name: "a", run: |x| leaf(x) + 1 }, Rule { name: "bc", run: other }];
pub fn run(input: u64) -> u64 {
    match input {
        0 => TABLE.iter().map(|f| f(6)).sum(),
        1 => One.act(3) * 1000 + Two.act(3),
        2 => by_type::<One>(4) * 1000 + by_type::<Two>(4),
        3 => RULES.iter().map(|rule| (rule.run)(rule.name.len() as u64)).sum(),
        _ => { let table: [fn(u64) -> u64; 2] = [|x| leaf(x + 1), |x| other(x + 2)]; table.iter().map(|f| f(input)).sum() }
    }
}
