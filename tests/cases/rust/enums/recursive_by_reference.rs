//! Recursive enums without heap: expressions whose parts are references, evaluated, simplified and measured.
#[derive(Clone, Copy)]
enum Expr<'a> { Number(i64), Variable, Add(&'a Expr<'a>, &'a Expr<'a>), Mul(&'a Expr<'a>, &'a Expr<'a>), Neg(&'a Expr<'a>), If { test: &'a Expr<'a>, then: &'a Expr<'a>, other: &'a Expr<'a> } }
use Expr::*;
impl<'a> Expr<'a> {
    fn eval(&self, x: i64) -> i64 {
        match *self {
            Number(n) => n,
            Variable => x,
            Add(a, b) => a.eval(x) + b.eval(x),
            Mul(Number(0), _) | Mul(_, Number(0)) => 0,
            Mul(a, b) => a.eval(x) * b.eval(x),
            Neg(Neg(a)) => a.eval(x),
            Neg(a) => -a.eval(x),
            If { test, then, other } => if test.eval(x) > 0 { then.eval(x) } else { other.eval(x) },
        }
    }
    fn size(&self) -> u64 {
        1 + match self { Number(_) | Variable => 0, Add(a, b) | Mul(a, b) => a.size() + b.size(), Neg(a) => a.size(), If { test, then, other } => [test, then, other].iter().map(|e| e.size()).sum() }
    }
    fn simple(&'a self) -> Expr<'a> {
        match self { Add(Number(0), e) | Add(e, Number(0)) | Mul(Number(1), e) | Neg(Neg(e)) => e.simple(), other => *other }
    }
}
pub fn run(input: u64) -> u64 {
    let (one, zero, x) = (Number(1), Number(0), Variable);
    let inner = Add(&x, &Number(-2));
    let neg = Neg(&inner);
    let twice = Neg(&neg);
    let product = Mul(&twice, &neg);
    let choice = If { test: &inner, then: &product, other: &Mul(&zero, &product) };
    let whole = Add(&choice, &Mul(&one, &Add(&zero, &neg)));
    let n = input as i64;
    ((whole.eval(n) + 1000) as u64 * 1000 + whole.size() * 10 + twice.simple().size()) ^ Add(&zero, &twice).simple().eval(n) as u64
}
