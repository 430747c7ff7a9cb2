//! Token text for comparing and for showing: without spans, comments and what formatting changes.

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// Attributes that change neither a layout nor an ABI.
const SILENT: &[&str] = &[
    "doc",
    "allow",
    "warn",
    "deny",
    "forbid",
    "expect",
    "derive",
    "must_use",
    "inline",
    "cold",
    "default",
    "deprecated",
    "rustfmt",
    "clippy",
    "automatically_derived",
];

/// An identifier's name, without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}

/// What stands in a block, where `text` is one, and its last brace the end of that.
#[cfg(any(feature = "jit", feature = "rustc"))]
pub(crate) fn in_block(text: &str) -> Option<TokenStream> {
    let mut tokens = text.parse::<TokenStream>().ok()?.into_iter();
    let (Some(TokenTree::Group(group)), None) = (tokens.next(), tokens.next()) else { return None };
    let is_braced =
        group.delimiter() == Delimiter::Brace && group.span_close().byte_range().end == text.len();
    is_braced.then(|| group.stream())
}

/// The tokens as text for a fingerprint: equal for texts that differ in comments, formatting, visibility
/// or attributes without influence on layout and ABI.
pub(crate) fn canonical(tokens: impl ToTokens) -> String {
    let mut text = String::new();
    flatten(tokens.into_token_stream(), &mut text);
    text
}

fn flatten(tokens: TokenStream, text: &mut String) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut rest = tokens.as_slice();
    while let Some((token, after)) = rest.split_first() {
        if let Some(after) = skip_attribute(rest).or_else(|| skip_visibility(rest)) {
            rest = after;
            continue;
        }
        rest = after;
        match token {
            TokenTree::Group(group) => {
                let (open, close) = brackets(group.delimiter());
                text.push_str(open);
                flatten(without_trailing_comma(group.delimiter(), group.stream()), text);
                text.push_str(close);
            }
            TokenTree::Ident(ident) => {
                text.push_str(&plain(ident));
                text.push(' ');
            }
            TokenTree::Punct(punct) => {
                text.push(punct.as_char());
                if punct.spacing() == Spacing::Alone {
                    text.push(' ');
                }
            }
            TokenTree::Literal(literal) => {
                text.push_str(&literal.to_string());
                text.push(' ');
            }
        }
    }
}

fn brackets(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("( ", ") "),
        Delimiter::Brace => ("{ ", "} "),
        Delimiter::Bracket => ("[ ", "] "),
        Delimiter::None => ("", ""),
    }
}

/// Past `#[silent..]` and `#![silent..]` at the start of `tokens`.
fn skip_attribute(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    let [TokenTree::Punct(hash), rest @ ..] = tokens else { return None };
    let rest = match rest {
        [TokenTree::Punct(bang), rest @ ..] if bang.as_char() == '!' => rest,
        rest => rest,
    };
    let [TokenTree::Group(group), rest @ ..] = rest else { return None };
    if hash.as_char() != '#' || group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let Some(TokenTree::Ident(name)) = group.stream().into_iter().next() else { return None };
    SILENT.contains(&plain(&name).as_str()).then_some(rest)
}

/// Past `pub`, `pub(crate)` and the like at the start of `tokens`.
fn skip_visibility(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    let [TokenTree::Ident(word), rest @ ..] = tokens else { return None };
    if word != "pub" {
        return None;
    }
    if let [TokenTree::Group(group), after @ ..] = rest
        && group.delimiter() == Delimiter::Parenthesis
        && let Some(TokenTree::Ident(scope)) = group.stream().into_iter().next()
        && ["crate", "super", "self", "in"].contains(&scope.to_string().as_str())
    {
        return Some(after);
    }
    Some(rest)
}

/// `(a, b,)` and `(a, b)` are the same; `(a,)` and `(a)` are not.
fn without_trailing_comma(delimiter: Delimiter, tokens: TokenStream) -> TokenStream {
    let is_comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let commas = tokens.iter().filter(|token| is_comma(token)).count();
    let optional = delimiter == Delimiter::Brace || commas > 1;
    if optional && tokens.last().is_some_and(is_comma) {
        tokens.pop();
    }
    tokens.into_iter().collect()
}

/// A type as people write it, paths reduced to their last segment and without lifetimes:
/// `&'a mut crate::prelude::Block` gives `&mut Block`. `'static` stays where `keep_static` says so.
pub(crate) fn type_text(ty: impl ToTokens, keep_static: KeepStatic) -> String {
    let mut words = Vec::new();
    type_words(ty.into_token_stream(), keep_static, &mut words);
    join(&words)
}

/// Whether `'static` is part of a type's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeepStatic {
    /// In parameters: a caller that passes something shorter-lived would be wrong.
    Yes,
    /// In results: a caller that expects something shorter-lived is right.
    No,
}

fn type_words(tokens: TokenStream, keep: KeepStatic, words: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            TokenTree::Group(group) => {
                let (open, close) = brackets(group.delimiter());
                words.push(open.trim().to_owned());
                let stream = without_trailing_comma(group.delimiter(), group.stream());
                type_words(stream, keep, words);
                words.push(close.trim().to_owned());
            }
            TokenTree::Ident(ident) => words.push(plain(ident)),
            TokenTree::Literal(literal) => words.push(literal.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                let name = tokens.get(at).map(ToString::to_string).unwrap_or_default();
                at += 1;
                let is_bound = words.last().is_some_and(|word| word == "+");
                if name == "static" && keep == KeepStatic::Yes && !is_bound {
                    words.push("'static".to_owned());
                } else if is_punct(tokens.get(at), ',') || is_punct(tokens.get(at), '+') {
                    at += 1;
                } else if words.last().is_some_and(|word| word == "," || word == "+") {
                    words.pop();
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' && is_punct(tokens.get(at), ':') => {
                at += 1;
                // `a::b` keeps `b`; `<T as Trait>::Out` keeps all; `Vec::<T>` drops the colons.
                if is_punct(tokens.get(at), '<') {
                    continue;
                }
                if words.last().is_some_and(|word| word == ">") {
                    words.push("::".to_owned());
                } else if words.last().is_some_and(|word| is_word(word) && !is_keyword(word)) {
                    words.pop();
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == '-' && is_punct(tokens.get(at), '>') => {
                at += 1;
                words.push("->".to_owned());
            }
            TokenTree::Punct(punct) if punct.as_char() == '>' => {
                match words.last().map(String::as_str) {
                    // All arguments were lifetimes; `for<'a>` goes as a whole.
                    Some("<") => {
                        words.pop();
                        if words.last().is_some_and(|word| word == "for") {
                            words.pop();
                        }
                    }
                    Some(",") => {
                        words.pop();
                        words.push(">".to_owned());
                    }
                    _ => words.push(">".to_owned()),
                }
            }
            TokenTree::Punct(punct) => words.push(punct.as_char().to_string()),
        }
    }
}

fn is_punct(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

fn is_word(word: &str) -> bool {
    word.starts_with(|first: char| first.is_alphanumeric() || "_\"'".contains(first))
}

/// Words that are followed by a space whatever comes next.
fn is_keyword(word: &str) -> bool {
    ["mut", "dyn", "const", "impl", "as", "unsafe", "extern", "for", "where"].contains(&word)
}

fn join(words: &[String]) -> String {
    let mut text = String::new();
    for (index, word) in words.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).map(|index| words[index].as_str())
            && ![")", ">", "]"].contains(&word.as_str())
            && (is_word(before) && is_word(word)
                || is_keyword(before)
                || [",", ";", ":", "->", "+", "="].contains(&before)
                || ["->", "+", "=", "as"].contains(&word.as_str()))
        {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

#[cfg(test)]
mod tests;
