//! Numbers that no compiler takes, of which the front end's lexer and parser say nothing: they would become other numbers.

use ra_ap_syntax::ast::{self, LiteralKind, Radix};
use ra_ap_syntax::{AstNode, AstToken, SyntaxNode, TextRange};

/// Suffixes of integers; a decimal one may have those of floats too.
const INTEGERS: [&str; 12] =
    ["i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"];
const FLOATS: [&str; 4] = ["f32", "f64", "f16", "f128"];

/// What is wrong with the numbers below a node.
pub(in crate::jit::front) fn malformed(
    node: &SyntaxNode,
) -> impl Iterator<Item = (TextRange, String)> {
    node.descendants().filter_map(ast::Literal::cast).filter_map(|literal| {
        let why = why(&literal)?;
        Some((literal.syntax().text_range(), why))
    })
}

/// What is wrong with a literal, in rustc's words.
pub(in crate::jit::front) fn why(literal: &ast::Literal) -> Option<String> {
    match literal.kind() {
        LiteralKind::IntNumber(number) => {
            let (suffix, radix) = (number.suffix(), number.radix());
            match suffix {
                Some(suffix) if FLOATS.contains(&suffix) => no_float_in(radix),
                Some(suffix) if suffix.starts_with(['X', 'B', 'O']) => {
                    Some("invalid base prefix for number literal".to_owned())
                }
                Some(suffix) if !INTEGERS.contains(&suffix) => Some(unknown(suffix)),
                _ if number.value().is_err() => Some("integer literal is too large".to_owned()),
                _ => None,
            }
        }
        LiteralKind::FloatNumber(number) => {
            let text = number.text();
            let radix = match text.get(..2) {
                Some("0x") => Radix::Hexadecimal,
                Some("0o") => Radix::Octal,
                Some("0b") => Radix::Binary,
                _ => Radix::Decimal,
            };
            let unknown_suffix = || number.suffix().filter(|it| !FLOATS.contains(it)).map(unknown);
            no_float_in(radix).or_else(unknown_suffix)
        }
        _ => None,
    }
}

fn unknown(suffix: &str) -> String {
    format!("invalid suffix `{suffix}` for number literal")
}

/// Floats are decimal.
fn no_float_in(radix: Radix) -> Option<String> {
    let name = match radix {
        Radix::Decimal => return None,
        Radix::Hexadecimal => "hexadecimal",
        Radix::Octal => "octal",
        Radix::Binary => "binary",
    };
    Some(format!("{name} float literal is not supported"))
}
