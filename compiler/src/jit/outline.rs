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

use proc_macro2::{Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{ImplItemFn, ItemFn, ItemImpl, ItemMacro, ItemMod, Signature, TraitItemFn};

use crate::definitions::{has_item_word, identifiers, that_define_items};
use crate::depth::{is_shallow, too_deep};
use crate::tokens::{KeepStatic, in_block, plain, type_text};
use crate::tree::{File, Syntax, Tree};

/// Macros of the library that make expressions.
pub(super) const OF_EXPRESSIONS: &[&str] = &[
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

/// Words by which a text asks for its own places; types may depend on what it is told.
const ASK_FOR_PLACES: &[&str] = &["line!", "column!", "dbg!", "Location"];

fn asks_for_places(text: &str) -> bool {
    ASK_FOR_PLACES.iter().any(|word| text.contains(word))
}

/// All files of a source.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    files: Vec<FileOutline>,
    /// Macros of the files, and those of them whose calls may define something.
    macros: Arc<HashSet<String>>,
    item_macros: Arc<HashSet<String>>,
    /// The words outside of functions.
    words: Arc<BTreeSet<String>>,
    /// Some text asks for its own places.
    asks_for_places: bool,
    /// Macros are called outside of functions. The front end numbers calls, and its numbers of what such a call defines
    /// depend on the calls before it.
    calls_macros: bool,
}

#[derive(Clone, Debug)]
struct FileOutline {
    path: PathBuf,
    text: Arc<str>,
    /// In the order of the text; none within another.
    bodies: Vec<Body>,
    /// Whether what is around the bodies leaves room for each of them to be as deep as it is.
    is_shallow: bool,
    /// The body that was edited last, and the names in it: who edits one edits it again.
    edited: Option<(usize, Arc<BTreeSet<String>>)>,
}

/// A function whose body is nobody else's business.
#[derive(Clone, Debug)]
pub(super) struct Body {
    /// Where its signature begins.
    start: usize,
    /// Where its name stands.
    pub(super) name: Range<usize>,
    /// What stands between its braces.
    inside: Range<usize>,
    /// As [`crate::mentions`] knows it.
    path: Arc<str>,
}

impl Body {
    fn name(&self) -> &str {
        self.path.rsplit("::").next().unwrap_or(&self.path)
    }
}

/// The next text, where it differs within one body alone and nothing stands in another line.
pub(super) struct Edited {
    pub(super) outline: Outline,
    pub(super) file: usize,
    pub(super) body: usize,
    /// The names in the body, before and after.
    pub(super) names: (Arc<BTreeSet<String>>, Arc<BTreeSet<String>>),
}

impl Edited {
    /// The function, as [`crate::mentions`] knows it.
    pub(super) fn path(&self) -> &str {
        &self.outline.files[self.file].bodies[self.body].path
    }
}

impl Outline {
    /// Nothing where a text could not be read, or may contain what stands in other files.
    pub(super) fn of(tree: &Tree) -> Option<Outline> {
        let (mut macros, mut calls_macros) = (HashSet::new(), false);
        let files = tree.files.iter();
        let files = files.map(|file| FileOutline::of(file, &mut macros, &mut calls_macros));
        let files = files.collect::<Option<Vec<FileOutline>>>()?;
        let item_macros = Arc::new(that_define_items(tree));
        let mut words = BTreeSet::new();
        for file in &files {
            let outside = file.outside()?;
            // Nobody knows what macros make of a field's name.
            let outside = if calls_macros { outside } else { without_field_names(outside) };
            identifiers(outside, &mut words);
        }
        let asks_for_places = files.iter().any(|file| asks_for_places(&file.text));
        let (macros, words) = (Arc::new(macros), Arc::new(words));
        Some(Outline { files, macros, item_macros, words, asks_for_places, calls_macros })
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

    /// What is known of the next texts without reading them as a whole.
    pub(super) fn edited(&self, texts: &[Arc<str>]) -> Option<Edited> {
        let pairs = self.files.iter().zip(texts).enumerate();
        let mut changed = pairs.filter(|(_, (file, text))| file.text != **text);
        let ((number, (before, text)), None) = (changed.next()?, changed.next()) else {
            return None;
        };
        let (mut after, body) = before.with_text(text)?;
        let inside = |file: &FileOutline| file.bodies[body].inside.clone();
        let (old, new) = (&before.text[inside(before)], text.get(inside(&after))?);
        // First: what follows goes as deep as the text does. What is around the bodies is as it was.
        if !(before.is_shallow && is_shallow(new)) && too_deep(text).is_some() {
            return None;
        }
        let tokens = in_block(text.get(after.range(body))?)?;
        let lines = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count();
        let name = after.bodies[body].name();
        // A name that stands outside of functions may be part of something's type.
        let may_differ = lines(old) != lines(new)
            || before.moves_what_follows(&after, body)
            || self.words.contains(name)
            || self.asks_for_places
            || asks_for_places(new);
        if may_differ || new.contains("include") {
            return None;
        }
        let names_before = match &before.edited {
            Some((edited, names)) if *edited == body => Arc::clone(names),
            _ => Arc::new(self.names_of_what_is_inside(old)?),
        };
        let names_after = Arc::new(self.names_of(tokens)?);
        after.edited = Some((body, Arc::clone(&names_after)));
        let mut outline = self.clone();
        outline.files[number] = after;
        Some(Edited { outline, file: number, body, names: (names_before, names_after) })
    }

    /// Where its files stand.
    pub(super) fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.iter().map(|file| &file.path)
    }

    /// The text of a file.
    pub(super) fn text(&self, file: usize) -> &Arc<str> {
        &self.files[file].text
    }

    /// A body with its braces.
    pub(super) fn block(&self, file: usize, body: usize) -> &str {
        &self.files[file].text[self.range(file, body)]
    }

    /// Where that stands in its file.
    pub(super) fn range(&self, file: usize, body: usize) -> Range<usize> {
        self.files[file].range(body)
    }

    /// Whether others can be compiled without this body: it defines nothing, nothing outside of functions names
    /// it, and blanks in its place move nothing.
    pub(super) fn can_be_blank(&self, file: usize, body: usize) -> bool {
        let FileOutline { text, bodies, .. } = &self.files[file];
        let body = &bodies[body];
        let inside = &text[body.inside.clone()];
        !self.calls_macros
            && inside.is_ascii()
            && !self.words.contains(body.name())
            && !self.is_seen_from_outside(inside)
    }

    /// The text of a file, with blanks in place of some bodies. Everything else stands where it stood.
    pub(super) fn with_blanks(&self, file: usize, is_blank: impl Fn(usize) -> bool) -> String {
        let FileOutline { text, bodies, .. } = &self.files[file];
        let mut written = String::with_capacity(text.len());
        for (_, body) in bodies.iter().enumerate().filter(|(number, _)| is_blank(*number)) {
            written.push_str(&text[written.len()..body.inside.start]);
            let blank = |byte| if byte == b'\n' { '\n' } else { ' ' };
            written.extend(text[body.inside.clone()].bytes().map(blank));
        }
        written.push_str(&text[written.len()..]);
        written
    }

    /// The functions of a file, and which file.
    pub(super) fn bodies(&self) -> impl Iterator<Item = (&PathBuf, usize, &[Body])> {
        let files = self.files.iter().enumerate();
        files.map(|(number, file)| (&file.path, number, file.bodies.as_slice()))
    }

    /// Whether a body may define something.
    fn is_seen_from_outside(&self, body: &str) -> bool {
        self.names_of_what_is_inside(body).is_none()
    }

    /// The names in a body, if it defines nothing.
    fn names_of_what_is_inside(&self, body: &str) -> Option<BTreeSet<String>> {
        self.names_of(body.parse::<TokenStream>().ok()?)
    }

    fn names_of(&self, tokens: TokenStream) -> Option<BTreeSet<String>> {
        let mut names = BTreeSet::new();
        identifiers(tokens.clone(), &mut names);
        let defines =
            has_item_word(&names) || names.iter().any(|name| self.item_macros.contains(name));
        (!defines && self.calls_known_macros(tokens)).then_some(names)
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

/// Without the words before a single colon: fields, parameters and bounds, none of which is a function.
fn without_field_names(tokens: TokenStream) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut rest = Vec::new();
    while let Some(token) = tokens.next() {
        let is_before_colon = matches!(tokens.peek(), Some(TokenTree::Punct(next))
            if next.as_char() == ':' && next.spacing() == Spacing::Alone);
        match token {
            TokenTree::Ident(_) if is_before_colon => {}
            TokenTree::Group(group) => {
                let inner = without_field_names(group.stream());
                rest.push(TokenTree::Group(Group::new(group.delimiter(), inner)));
            }
            other => rest.push(other),
        }
    }
    rest.into_iter().collect()
}

impl FileOutline {
    fn of(
        file: &File,
        macros: &mut HashSet<String>,
        calls_macros: &mut bool,
    ) -> Option<FileOutline> {
        let Syntax::Parsed(parsed) = &file.syntax else { return None };
        // syn takes the first one off, and counts from what follows.
        if parsed.shebang.is_some() || file.text.contains("include") {
            return None;
        }
        let path = file.module.clone();
        let mut finder = Finder { bodies: Vec::new(), path, macros, calls_macros };
        finder.visit_file(parsed);
        let mut bodies = finder.bodies;
        bodies.sort_by_key(|body| body.inside.start);
        let are_there = bodies.iter().all(|body| file.text.get(body.inside.clone()).is_some());
        are_there.then(|| FileOutline {
            path: file.path.clone(),
            text: Arc::clone(&file.text),
            bodies,
            is_shallow: is_shallow(&file.text),
            edited: None,
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

    /// The same file with another text, where that differs within one body alone, if that ends where it seems to; also
    /// tells which one.
    fn with_text(&self, text: &Arc<str>) -> Option<(FileOutline, usize)> {
        let (old, new) = (self.text.as_bytes(), text.as_bytes());
        let prefix = old.iter().zip(new).take_while(|(old, new)| old == new).count();
        let rest = old[prefix..].iter().rev().zip(new[prefix..].iter().rev());
        let suffix = rest.take_while(|(old, new)| old == new).count();
        let number = self.bodies.partition_point(|body| body.inside.end < old.len() - suffix);
        if self.bodies.get(number)?.inside.start > prefix {
            return None;
        }
        let moved = |range: &Range<usize>| {
            let moved = |at: usize| at + new.len() - old.len();
            moved(range.start)..moved(range.end)
        };
        let mut file = FileOutline { text: Arc::clone(text), ..self.clone() };
        let edited = &mut file.bodies[number].inside;
        edited.end = edited.end + new.len() - old.len();
        for later in &mut file.bodies[number + 1..] {
            later.start = later.start + new.len() - old.len();
            (later.name, later.inside) = (moved(&later.name), moved(&later.inside));
        }
        Some((file, number))
    }

    /// A body with its braces.
    fn range(&self, body: usize) -> Range<usize> {
        let inside = &self.bodies[body].inside;
        inside.start - 1..inside.end + 1
    }

    /// Whether code that follows a body in the line of its end stands in another column of the other text.
    fn moves_what_follows(&self, other: &FileOutline, body: usize) -> bool {
        let end = |it: &FileOutline| it.bodies[body].inside.end;
        let column = |it: &FileOutline| {
            let before = &it.text[..end(it)];
            before[before.rfind('\n').map_or(0, |at| at + 1)..].chars().count()
        };
        let rest = self.text[end(self) + 1..].lines().next().unwrap_or_default();
        let rest = rest.trim_start_matches(|it: char| it == '}' || it.is_whitespace());
        !rest.is_empty() && !rest.starts_with("//") && column(self) != column(other)
    }

    /// What stands outside of functions.
    fn outside(&self) -> Option<TokenStream> {
        let starts = std::iter::once(0).chain(self.bodies.iter().map(|body| body.inside.end + 1));
        let ends = self.bodies.iter().map(|body| body.start).chain([self.text.len()]);
        let rest: Vec<&str> = starts.zip(ends).map(|(start, end)| &self.text[start..end]).collect();
        rest.join(" ").parse().ok()
    }

    /// What stands before, between and after the bodies.
    fn frame(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.bodies.iter().map(|body| body.inside.end));
        let ends = self.bodies.iter().map(|body| body.inside.start).chain([self.text.len()]);
        starts.zip(ends).map(|(start, end)| &self.text[start..end])
    }

    /// The bodies that differ, as they are in both.
    fn changed_bodies<'a>(
        &'a self,
        other: &'a FileOutline,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let bodies = self.bodies.iter().zip(&other.bodies);
        let bodies = bodies.map(|(own, others)| {
            (&self.text[own.inside.clone()], &other.text[others.inside.clone()])
        });
        bodies.filter(|(own, others)| own != others)
    }
}

/// Walks over the items of one file, and not into functions.
struct Finder<'a> {
    bodies: Vec<Body>,
    /// Modules, and the type of the `impl` block around.
    path: Vec<String>,
    macros: &'a mut HashSet<String>,
    calls_macros: &'a mut bool,
}

impl Finder<'_> {
    fn function(&mut self, signature: &Signature, block: &syn::Block) {
        let output = signature.output.to_token_stream();
        let mut words = BTreeSet::new();
        identifiers(output, &mut words);
        let is_plain = signature.constness.is_none() && signature.asyncness.is_none();
        if is_plain && !words.contains("impl") {
            let braces = &block.brace_token.span;
            let path = self.path.iter().cloned().chain([signature.ident.to_string()]);
            self.bodies.push(Body {
                start: signature.fn_token.span.byte_range().start,
                name: signature.ident.span().byte_range(),
                inside: braces.open().byte_range().end..braces.close().byte_range().start,
                path: path.collect::<Vec<_>>().join("::").into(),
            });
        }
    }

    fn within(&mut self, name: String, walk: impl FnOnce(&mut Self)) {
        self.path.push(name);
        walk(self);
        self.path.pop();
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

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let name = type_text(&item.self_ty, KeepStatic::No);
        self.within(name, |inner| visit::visit_item_impl(inner, item));
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.within(item.ident.to_string(), |inner| visit::visit_item_mod(inner, item));
    }

    /// Functions in constants stand where others see them.
    fn visit_expr(&mut self, _: &'ast syn::Expr) {}

    fn visit_item_macro(&mut self, item: &'ast ItemMacro) {
        if let Some(name) = &item.ident {
            self.macros.insert(plain(name));
        } else {
            *self.calls_macros = true;
        }
    }

    /// In an `impl` block, a trait or a type: elsewhere nothing is walked over.
    fn visit_macro(&mut self, _: &'ast syn::Macro) {
        *self.calls_macros = true;
    }
}

#[cfg(test)]
mod tests;
