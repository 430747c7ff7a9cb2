//! Operators that cargo-mutants does not have, made when they are asked for. Each avoids what would be noise:
//! nothing in macros, and so in no assertion and no log; no call that only reports or makes room; nothing
//! twice that another operator does; no literal where a type depends on it.

use syn::spanned::Spanned;
use syn::{BinOp, Block, Expr, Lit, RangeLimits, ReturnType, Stmt};

use super::attributes;
use super::pretty::pretty;
use super::visit::{Visitor, statements};
use crate::Operator;

#[cfg(test)]
mod tests;

/// Calls that no test is meant to notice: reports, and room that is made beforehand.
const UNNOTICED: [&str; 12] = [
    "drop",
    "reserve",
    "reserve_exact",
    "shrink_to_fit",
    "flush",
    "log",
    "trace",
    "debug",
    "info",
    "warn",
    "error",
    "eprint",
];

/// A function's body: where it is one call, `FnValue` deletes that call already.
pub(super) fn body(visitor: &mut Visitor<'_>, output: &ReturnType, body: &Block) {
    let deletes = visitor.rules.operators.contains(&Operator::FnValue);
    if deletes && matches!(output, ReturnType::Default) {
        visitor.covered.extend(only_statement(visitor, body));
    }
}

/// A statement: a call whose value is not used.
pub(super) fn statement(visitor: &mut Visitor<'_>, statement: &Stmt) {
    let Stmt::Expr(expression, Some(_)) = statement else { return };
    let Some(name) = called(expression) else { return };
    let start = visitor.bytes(statement.span()).start;
    let is_noise = UNNOTICED.contains(&name.as_str()) || visitor.is_skipped_call(&name);
    if !is_noise && !visitor.covered.contains(&start) && is_open(visitor, expression) {
        let text = format!("delete call of {name}");
        visitor.add(statement.span(), Operator::CallDeletion, "", text);
    }
}

/// An expression, before what is inside of it.
pub(super) fn expression(visitor: &mut Visitor<'_>, expression: &Expr) {
    if !is_open(visitor, expression) {
        return;
    }
    match expression {
        Expr::Call(call) => {
            swaps(visitor, &pretty(&call.func), &call.args.iter().collect::<Vec<_>>())
        }
        Expr::MethodCall(call) => {
            swaps(visitor, &call.method.to_string(), &call.args.iter().collect::<Vec<_>>());
        }
        Expr::Lit(literal) => constant(visitor, &literal.lit),
        Expr::Binary(binary) => match binary.op {
            BinOp::Le(_) => boundary(visitor, binary.op.span(), "<=", "<"),
            BinOp::Ge(_) => boundary(visitor, binary.op.span(), ">=", ">"),
            _ => {}
        },
        Expr::Range(range) if range.end.is_some() => match &range.limits {
            RangeLimits::HalfOpen(dots) => boundary(visitor, dots.span(), "..", "..="),
            RangeLimits::Closed(dots) => boundary(visitor, dots.span(), "..=", ".."),
        },
        Expr::ForLoop(of) => removal(visitor, "for loop", &of.body),
        Expr::If(of) if of.else_branch.is_none() => removal(visitor, "if", &of.then_branch),
        _ => {}
    }
}

/// Whether changes are wanted here: in a function, and not where a type or a pattern depends on the value.
fn is_open(visitor: &Visitor<'_>, expression: &Expr) -> bool {
    visitor.is_in_a_function()
        && visitor.quiet == 0
        && !attributes::are_left_alone(attributes::of_expression(expression))
}

/// The name of what is called, also where its result is waited for or its error is passed on.
fn called(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        },
        Expr::MethodCall(call) => Some(call.method.to_string()),
        Expr::Try(of) => called(&of.expr),
        Expr::Await(of) => called(&of.base),
        _ => None,
    }
}

/// Neighbours that look alike change places.
fn swaps(visitor: &mut Visitor<'_>, name: &str, arguments: &[&Expr]) {
    for pair in arguments.windows(2) {
        let [left, right] = pair else { continue };
        let (a, b) = (visitor.bytes(left.span()), visitor.bytes(right.span()));
        if a.end > b.start || !are_alike(left, right) {
            continue;
        }
        let text =
            |range: std::ops::Range<usize>| visitor.text.get(range).unwrap_or_default().to_owned();
        let (first, between, second) = (text(a.clone()), text(a.end..b.start), text(b));
        let Some(both) = left.span().join(right.span()) else { continue };
        if first != second {
            let said = format!("swap {} and {} in call of {name}", pretty(left), pretty(right));
            visitor.add(both, Operator::ArgumentSwap, &format!("{second}{between}{first}"), said);
        }
    }
}

/// Whether two arguments may well have the same type, by how they are written.
fn are_alike(left: &Expr, right: &Expr) -> bool {
    match (left, right) {
        (Expr::Lit(left), Expr::Lit(right)) => {
            std::mem::discriminant(&left.lit) == std::mem::discriminant(&right.lit)
        }
        (Expr::Reference(left), Expr::Reference(right)) => {
            left.mutability.is_some() == right.mutability.is_some()
                && are_alike(&left.expr, &right.expr)
        }
        (Expr::Path(left), Expr::Path(right)) => {
            left.path.get_ident().is_some() && right.path.get_ident().is_some()
        }
        (Expr::Field(_), Expr::Field(_)) => true,
        _ => false,
    }
}

fn boundary(visitor: &mut Visitor<'_>, at: proc_macro2::Span, from: &str, to: &str) {
    visitor.add(at, Operator::Boundary, to, format!("replace {from} with {to}"));
}

/// A body whose value is the unit becomes empty. That of a `while` stays: it would seldom end.
fn removal(visitor: &mut Visitor<'_>, of: &str, body: &Block) {
    let Some(span) = statements(body) else { return };
    if visitor.rules.operators.contains(&Operator::BodyRemoval) {
        visitor.covered.extend(only_statement(visitor, body));
    }
    visitor.add(span, Operator::BodyRemoval, "", format!("remove body of {of}"));
}

/// Where the only statement of a body begins.
fn only_statement(visitor: &Visitor<'_>, body: &Block) -> Option<usize> {
    match body.stmts.as_slice() {
        [only] => Some(visitor.bytes(only.span()).start),
        _ => None,
    }
}

fn constant(visitor: &mut Visitor<'_>, literal: &Lit) {
    let text = pretty(literal);
    for neighbour in neighbours(literal) {
        let name = format!("replace {text} with {neighbour}");
        visitor.add(literal.span(), Operator::Constant, &neighbour, name);
    }
}

/// The values next to a literal's.
fn neighbours(literal: &Lit) -> Vec<String> {
    match literal {
        Lit::Bool(value) => vec![(!value.value).to_string()],
        Lit::Str(value) if value.value().is_empty() => vec!["\"xyzzy\"".into()],
        Lit::Str(_) => vec!["\"\"".into()],
        Lit::Float(value) => {
            let is_one = value.base10_parse::<f64>().is_ok_and(|value| value == 1.0);
            vec![format!("{}{}", if is_one { "0.0" } else { "1.0" }, value.suffix())]
        }
        Lit::Int(value) => {
            let Ok(number) = value.base10_parse::<u128>() else { return Vec::new() };
            let next = number.checked_add(1).filter(|next| *next <= largest(value.suffix()));
            let is_hexadecimal = pretty(literal).starts_with("0x");
            let numbers = next.into_iter().chain(number.checked_sub(1));
            let text = |number| match is_hexadecimal {
                true => format!("{number:#x}{}", value.suffix()),
                false => format!("{number}{}", value.suffix()),
            };
            numbers.map(text).collect()
        }
        _ => Vec::new(),
    }
}

/// The largest value of a literal with this suffix; a minus may stand before it.
fn largest(suffix: &str) -> u128 {
    let bits = |suffix: &str| {
        suffix.get(1..).and_then(|bits| bits.parse::<u32>().ok()).filter(|bits| *bits <= 128)
    };
    match (suffix.as_bytes().first(), bits(suffix)) {
        (Some(b'u'), Some(bits @ 1..)) => u128::MAX >> (128 - bits),
        (Some(b'i'), Some(bits @ 1..)) => u128::MAX >> (129 - bits),
        // Without a suffix rustc assumes `i32` where nothing else is known.
        (None, _) => u128::from(i32::MAX.unsigned_abs()),
        _ => u128::MAX,
    }
}
