//! Syntax as text, spaced as cargo-mutants spaces it: the names of mutants are compared by their letters.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

#[cfg(test)]
mod tests;

/// The text of a piece of syntax, in one line, with as few spaces as people would use.
pub(super) fn pretty(syntax: &impl ToTokens) -> String {
    let mut text = String::new();
    write(syntax.to_token_stream(), &mut text);
    text
}

/// Every group begins anew: what stands before its bracket has no say in the spaces inside.
fn write(tokens: TokenStream, into: &mut String) {
    let start = into.len();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let before = &into[start..];
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                into.push_str(open);
                write(group.stream(), into);
                into.push_str(close);
            }
            TokenTree::Punct(mark) => {
                let mark = mark.as_char();
                if mark == '|' && !before.is_empty() && !before.ends_with([' ', '|']) {
                    into.push(' ');
                }
                into.push(mark);
                let parts = matches!(mark, ',' | ';') || into[start..].ends_with("->");
                if parts && tokens.peek().is_some() {
                    into.push(' ');
                }
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                if before.ends_with(['=', '|']) || before.ends_with("=>") {
                    into.push(' ');
                }
                into.push_str(&token.to_string());
                if tokens.peek().is_some_and(is_set_off_from_a_word) {
                    into.push(' ');
                }
            }
        }
    }
}

/// Whether a space stands between a word and this.
fn is_set_off_from_a_word(next: &TokenTree) -> bool {
    match next {
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
        TokenTree::Punct(mark) => {
            !matches!(mark.as_char(), ',' | ';' | '<' | '>' | ':' | '.' | '!')
        }
        TokenTree::Group(_) => false,
    }
}

/// A piece of a file in one line: a line's end and the next one's indentation become one space.
pub(super) fn one_line(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut lines = text.split('\n');
    let mut joined = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        if !joined.ends_with(' ') {
            joined.push(' ');
        }
        joined.push_str(line.trim_start_matches([' ', '\t']));
    }
    joined
}
