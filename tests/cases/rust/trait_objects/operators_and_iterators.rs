//! dyn Iterator, dyn Fn in tables, dyn with generic methods behind `where Self: Sized`, and comparing through dyn.
use std::ops::ControlFlow;
trait Node { fn eval(&self, env: &dyn Fn(char) -> Option<i64>) -> Result<i64, char>; fn visit(&self, f: &mut dyn FnMut(&dyn Node) -> ControlFlow<()>) -> ControlFlow<()>; fn weight(&self) -> u64 { 1 } fn boxed(self) -> Box<dyn Node> where Self: Sized + 'static { Box::new(self) } }
struct Var(char);
struct Lit(i64);
struct Bin { op: fn(i64, i64) -> i64, left: Box<dyn Node>, right: Box<dyn Node> }
impl Node for Var { fn eval(&self, env: &dyn Fn(char) -> Option<i64>) -> Result<i64, char> { env(self.0).ok_or(self.0) } fn visit(&self, f: &mut dyn FnMut(&dyn Node) -> ControlFlow<()>) -> ControlFlow<()> { f(self) } fn weight(&self) -> u64 { 5 } }
impl Node for Lit { fn eval(&self, _: &dyn Fn(char) -> Option<i64>) -> Result<i64, char> { Ok(self.0) } fn visit(&self, f: &mut dyn FnMut(&dyn Node) -> ControlFlow<()>) -> ControlFlow<()> { f(self) } }
impl Node for Bin { fn eval(&self, env: &dyn Fn(char) -> Option<i64>) -> Result<i64, char> { Ok((self.op)(self.left.eval(env)?, self.right.eval(env)?)) } fn visit(&self, f: &mut dyn FnMut(&dyn Node) -> ControlFlow<()>) -> ControlFlow<()> { f(self)?; self.left.visit(f)?; self.right.visit(f) } }
fn numbers(n: u64) -> Box<dyn Iterator<Item = u64>> { match n { 0 => Box::new(std::iter::empty()), 1 => Box::new([3, 1, 2].into_iter()), _ => Box::new((0..n).map(move |x| x * n).chain(numbers(n - 1))) } }
pub fn run(input: u64) -> u64 {
    let tree = Bin { op: |a, b| a * b, left: Bin { op: |a, b| a - b, left: Var('x').boxed(), right: Lit(3).boxed() }.boxed(), right: Var(if input == 3 { 'z' } else { 'y' }).boxed() };
    let env = |c| match c { 'x' => Some(input as i64 * 10), 'y' => Some(7), _ => None };
    let value = tree.eval(&env).map_or_else(|c| c as u64, |v| (v + 1000) as u64);
    let (mut weight, mut count) = (0, 0);
    let stopped = tree.visit(&mut |n| { weight += n.weight(); count += 1; if count > 2 + input { ControlFlow::Break(()) } else { ControlFlow::Continue(()) } }).is_break();
    let table: [(&str, &dyn Fn(u64) -> u64); 3] = [("double", &|x| x * 2), ("add", &|x| x + input), ("count", &|x| numbers(x).count() as u64)];
    let piped = table.iter().fold(input + 1, |x, (name, f)| f(x) + name.len() as u64);
    value + weight * 10_000 + stopped as u64 * 1_000_000 + piped * 10_000_000 + numbers(input).fold(0, |h, x| h * 3 + x)
}
