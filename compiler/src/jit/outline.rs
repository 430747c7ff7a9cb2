//! What of a text is inside of functions, and what is not: edits of the former reach nothing but these functions.
//!
//! What a body contains is seen by nobody else as long as it defines nothing (no item, and no call of a macro that
//! may make some) and as long as neither types nor constants are computed from it: `const fn`, and functions that
//! give an `impl Trait`, are not cut. Where everything around the bodies consists of the same tokens, an edit is one of
//! bodies alone.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{ImplItemFn, ItemFn, ItemMacro, Signature, TraitItemFn};

use crate::definitions::{has_item_word, identifiers, that_define_items};
use crate::tokens::plain;
use crate::tree::{File, Syntax, Tree};

/// Macros of the library that make expressions.
const OF_EXPRESSIONS: &[&str] = &[
    "addr_of",
    "addr_of_mut",
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "format",
    "format_args",
    "matches",
    "offset_of",
    "panic",
    "todo",
    "unimplemented",
    "unreachable",
    "vec",
    "write",
    "writeln",
];

/// All files of a source.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    files: Vec<FileOutline>,
    /// Macros of the files, and those of them whose calls may define something.
    macros: Arc<HashSet<String>>,
    item_macros: Arc<HashSet<String>>,
}

#[derive(Clone, Debug)]
struct FileOutline {
    path: PathBuf,
    text: Arc<str>,
    /// What stands between the braces of each function, in the order of the text; none within another.
    bodies: Vec<Range<usize>>,
}

impl Outline {
    /// Nothing where a text could not be read, or may contain what stands in other files.
    pub(super) fn of(tree: &Tree) -> Option<Outline> {
        let mut macros = HashSet::new();
        let files = tree.files.iter().map(|file| FileOutline::of(file, &mut macros));
        let files = files.collect::<Option<_>>()?;
        let item_macros = Arc::new(that_define_items(tree));
        Some(Outline { files, macros: Arc::new(macros), item_macros })
    }

    /// Whether `next` differs in bodies alone, in what nobody sees from outside.
    pub(super) fn differs_in_bodies_from(&self, next: &Outline) -> bool {
        self.files.len() == next.files.len()
            && self.files.iter().zip(&next.files).all(|(own, other)| {
                own.path == other.path
                    && own.has_frame_of(other)
                    && own.changed_bodies(other).all(|(before, after)| {
                        !self.is_seen_from_outside(before) && !self.is_seen_from_outside(after)
                    })
            })
    }

    /// Whether a body may define something.
    fn is_seen_from_outside(&self, body: &str) -> bool {
        let Ok(tokens) = body.parse::<TokenStream>() else { return true };
        let mut names = BTreeSet::new();
        identifiers(tokens.clone(), &mut names);
        has_item_word(&names)
            || names.iter().any(|name| self.item_macros.contains(name))
            || !self.calls_known_macros(tokens)
    }

    /// Whether all macros that are called are known to define nothing.
    fn calls_known_macros(&self, tokens: TokenStream) -> bool {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_bang =
            |token: &TokenTree| matches!(token, TokenTree::Punct(it) if it.as_char() == '!');
        tokens.iter().enumerate().all(|(at, token)| match token {
            TokenTree::Group(group) => {
                let name = match at.checked_sub(2).map(|name| (&tokens[name], &tokens[at - 1])) {
                    Some((TokenTree::Ident(name), bang)) if is_bang(bang) => Some(plain(name)),
                    _ => None,
                };
                let is_known = name.is_none_or(|name| {
                    OF_EXPRESSIONS.contains(&name.as_str()) || self.macros.contains(&name)
                });
                is_known && self.calls_known_macros(group.stream())
            }
            _ => true,
        })
    }
}

impl FileOutline {
    fn of(file: &File, macros: &mut HashSet<String>) -> Option<FileOutline> {
        let Syntax::Parsed(parsed) = &file.syntax else { return None };
        // syn takes the first two off, and counts from what follows.
        let is_shifted = file.text.starts_with('\u{feff}') || parsed.shebang.is_some();
        if is_shifted || file.text.contains("include") {
            return None;
        }
        let mut finder = Finder { bodies: Vec::new(), macros };
        finder.visit_file(parsed);
        let mut bodies = finder.bodies;
        bodies.sort_by_key(|body| body.start);
        bodies.iter().all(|body| file.text.get(body.clone()).is_some()).then(|| FileOutline {
            path: file.path.clone(),
            text: Arc::clone(&file.text),
            bodies,
        })
    }

    /// Whether everything but the bodies is the same, comments and line breaks aside.
    fn has_frame_of(&self, other: &FileOutline) -> bool {
        let tokens = |it: &FileOutline| it.frame().collect::<String>().parse::<TokenStream>();
        self.bodies.len() == other.bodies.len()
            && (self.frame().eq(other.frame())
                || matches!((tokens(self), tokens(other)), (Ok(own), Ok(others))
                    if own.to_string() == others.to_string()))
    }

    /// What stands before, between and after the bodies.
    fn frame(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.bodies.iter().map(|body| body.end));
        let ends = self.bodies.iter().map(|body| body.start).chain([self.text.len()]);
        starts.zip(ends).map(|(start, end)| &self.text[start..end])
    }

    /// The bodies that differ, as they are in both.
    fn changed_bodies<'a>(
        &'a self,
        other: &'a FileOutline,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let bodies = self.bodies.iter().zip(&other.bodies);
        let bodies =
            bodies.map(|(own, others)| (&self.text[own.clone()], &other.text[others.clone()]));
        bodies.filter(|(own, others)| own != others)
    }
}

/// Walks over the items of one file, and not into functions.
struct Finder<'a> {
    bodies: Vec<Range<usize>>,
    macros: &'a mut HashSet<String>,
}

impl Finder<'_> {
    fn function(&mut self, signature: &Signature, block: &syn::Block) {
        let output = signature.output.to_token_stream();
        let mut words = BTreeSet::new();
        identifiers(output, &mut words);
        let is_plain = signature.constness.is_none() && signature.asyncness.is_none();
        if is_plain && !words.contains("impl") {
            let braces = &block.brace_token.span;
            self.bodies.push(braces.open().byte_range().end..braces.close().byte_range().start);
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.function(&item.sig, &item.block);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.function(&item.sig, &item.block);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig, block);
        }
    }

    /// Functions in constants stand where others see them.
    fn visit_expr(&mut self, _: &'ast syn::Expr) {}

    fn visit_item_macro(&mut self, item: &'ast ItemMacro) {
        if let Some(name) = &item.ident {
            self.macros.insert(plain(name));
        }
        visit::visit_item_macro(self, item);
    }
}

#[cfg(test)]
mod tests;
