//! Cuts the files of a source into the bodies of functions that can be compiled alone, and the rest: the
//! *frame*.
//!
//! Two sources with the same frame differ in bodies only. Everything is told by byte ranges of the text,
//! so that what is equal is found by comparing bytes; where bytes differ, tokens decide, since comments
//! and line breaks mean nothing. (Doc comments are tokens of the frame.)

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use proc_macro2::{Spacing, Span, TokenStream, TokenTree};
use syn::{AttrStyle, Attribute, ImplItem, Item, ItemImpl, Safety, Signature, Visibility};

use super::names::Key;
use crate::definitions::identifiers;
use crate::shim::{is_concrete, is_lifetime};
use crate::tokens::{KeepStatic, in_block, plain, type_text};
use crate::tree::{self, File, Syntax, Tree};

/// All files of a source, cut.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub files: Vec<FileCut>,
}

/// One file.
#[derive(Clone, Debug)]
pub(super) struct FileCut {
    pub path: PathBuf,
    pub text: Arc<str>,
    /// Stands for what its `include!`s bring in.
    included: String,
    /// In the order of the text; none within another.
    pub functions: Vec<Piece>,
}

/// A function whose body is not part of the frame.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub key: Key,
    /// Attributes, signature and body.
    pub item: Range<usize>,
    /// What stands between the braces.
    pub body: Range<usize>,
    pub place: Place,
    /// As [`crate::mentions`] knows it.
    pub path: String,
}

/// What a function stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A module.
    Module,
    /// An `impl` block of a type's own.
    Inherent,
    /// An `impl` block of a trait: it must be there.
    Trait,
}

/// Which function: file, and number among its pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Id(pub usize, pub usize);

/// Attributes that neither change what a function is compiled to nor who may contain it.
const HARMLESS: &[&str] =
    &["doc", "allow", "warn", "expect", "must_use", "cold", "deprecated", "rustfmt", "clippy"];

/// Words of a body that may define something outside of it, or name its symbols.
const REACHING_OUT: &[&str] = &[
    "impl",
    "extern",
    "no_mangle",
    "export_name",
    "link_section",
    "mod",
    "include",
    "macro_export",
];

impl Cut {
    /// Cuts all files; nothing where one could not be parsed.
    pub(super) fn of(tree: &Tree) -> Option<Cut> {
        tree.files.iter().map(FileCut::of).collect::<Option<_>>().map(|files| Cut { files })
    }

    pub(super) fn piece(&self, id: Id) -> &Piece {
        &self.files[id.0].functions[id.1]
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        let files = self.files.iter().enumerate();
        files.flat_map(|(file, cut)| (0..cut.functions.len()).map(move |number| Id(file, number)))
    }

    pub(super) fn body(&self, id: Id) -> &str {
        &self.files[id.0].text[self.piece(id).body.clone()]
    }

    /// Whether `other` differs in bodies only.
    pub(super) fn has_frame_of(&self, other: &Cut) -> bool {
        self.files.len() == other.files.len()
            && self.files.iter().zip(&other.files).all(|(own, others)| own.has_frame_of(others))
    }

    /// Whether the function has the same body in `other`, which has the same frame.
    pub(super) fn has_body_of(&self, other: &Cut, id: Id) -> bool {
        let (own, others) = (self.body(id), other.body(id));
        own == others || tokens(own).is_some_and(|own| Some(own) == tokens(others))
    }
}

impl FileCut {
    fn of(file: &File) -> Option<FileCut> {
        let Syntax::Parsed(parsed) = &file.syntax else { return None };
        // syn takes it off, and counts from what follows.
        if parsed.shebang.is_some() {
            return None;
        }
        let (module, found) = (file.module.clone(), Vec::new());
        let mut finder = Finder { text: &file.text, module, owner: None, found };
        finder.items(&parsed.items);
        let mut functions = finder.found;
        functions.sort_by_key(|piece| piece.item.start);
        let included = file.included.fingerprint.clone();
        let (path, text) = (file.path.clone(), file.text.clone());
        Some(FileCut { path, text, included, functions })
    }

    fn has_frame_of(&self, other: &FileCut) -> bool {
        fn keys(cut: &FileCut) -> impl Iterator<Item = &Key> {
            cut.functions.iter().map(|piece| &piece.key)
        }
        let same_keys = keys(self).eq(keys(other));
        if self.path != other.path || self.included != other.included || !same_keys {
            return false;
        }
        let same_bytes = self
            .frame()
            .zip(other.frame())
            .all(|(own, others)| self.text[own] == other.text[others]);
        same_bytes || texts(self.frame_tokens()) == texts(other.frame_tokens())
    }

    /// The same file with another text, where that differs within the body of one function alone; also tells
    /// which one.
    pub(super) fn with_text(&self, text: &Arc<str>) -> Option<(FileCut, usize)> {
        let (old, new) = (self.text.as_bytes(), text.as_bytes());
        let prefix = old.iter().zip(new).take_while(|(old, new)| old == new).count();
        let rest = old[prefix..].iter().rev().zip(new[prefix..].iter().rev());
        let suffix = rest.take_while(|(old, new)| old == new).count();
        let number = self.functions.partition_point(|piece| piece.body.end < old.len() - suffix);
        let piece = self.functions.get(number)?;
        if piece.body.start > prefix {
            return None;
        }
        let moved = |at: usize| at + new.len() - old.len();
        let moved = |at: usize| {
            if new.len() >= old.len() { moved(at) } else { at - (old.len() - new.len()) }
        };
        let mut file = FileCut { text: Arc::clone(text), ..self.clone() };
        let edited = &mut file.functions[number];
        (edited.item.end, edited.body.end) = (moved(edited.item.end), moved(edited.body.end));
        for later in &mut file.functions[number + 1..] {
            later.item = moved(later.item.start)..moved(later.item.end);
            later.body = moved(later.body.start)..moved(later.body.end);
        }
        let body = file.functions[number].body.clone();
        let is_whole = in_block(text.get(body.start - 1..body.end + 1)?).is_some();
        let reaches_out = REACHING_OUT.iter().any(|word| has_word(&text[body.clone()], word));
        (is_whole && !reaches_out).then_some((file, number))
    }

    /// What stands before, between and after the bodies.
    pub(super) fn frame(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let starts = std::iter::once(0).chain(self.functions.iter().map(|piece| piece.body.end));
        let ends = self.functions.iter().map(|piece| piece.body.start);
        starts.zip(ends.chain([self.text.len()])).map(|(start, end)| start..end)
    }

    /// The words outside of the functions.
    pub(super) fn frame_words(&self) -> BTreeSet<String> {
        let mut rest = String::with_capacity(self.text.len());
        let mut from = 0;
        for piece in &self.functions {
            rest.push_str(&self.text[from..piece.item.start]);
            rest.push(' ');
            from = piece.item.end;
        }
        rest.push_str(&self.text[from..]);
        let mut words = BTreeSet::new();
        identifiers(rest.parse().unwrap_or_default(), &mut words);
        words
    }

    /// The tokens outside of the bodies, with the offsets they stand at.
    pub(super) fn frame_tokens(&self) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        let stream: TokenStream = self.text.parse().unwrap_or_default();
        flatten(stream, &mut found);
        let mut bodies = self.functions.iter().map(|piece| piece.body.clone()).peekable();
        found.retain(|(_, at)| {
            while bodies.next_if(|body| body.end <= *at).is_some() {}
            !bodies.peek().is_some_and(|body| body.contains(at))
        });
        found
    }
}

/// The tokens of `text`, without where they stand.
fn tokens(text: &str) -> Option<Vec<String>> {
    located(text).map(texts)
}

fn texts(tokens: Vec<(String, usize)>) -> Vec<String> {
    tokens.into_iter().map(|(token, _)| token).collect()
}

/// The tokens of `text`, with the offsets they stand at.
pub(super) fn located(text: &str) -> Option<Vec<(String, usize)>> {
    let mut found = Vec::new();
    flatten(text.parse().ok()?, &mut found);
    Some(found)
}

fn flatten(stream: TokenStream, found: &mut Vec<(String, usize)>) {
    for token in stream {
        let at = token.span().byte_range().start;
        match token {
            TokenTree::Group(group) => {
                let open = format!("{:?}(", group.delimiter());
                found.push((open, at));
                flatten(group.stream(), found);
                found.push((")".to_owned(), group.span_close().byte_range().start));
            }
            TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint => {
                found.push((format!("{}+", punct.as_char()), at));
            }
            token => found.push((token.to_string(), at)),
        }
    }
}

/// Walks over the items of one file.
struct Finder<'a> {
    text: &'a str,
    module: Vec<String>,
    /// The type of the `impl` block around.
    owner: Option<String>,
    found: Vec<Piece>,
}

impl Finder<'_> {
    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Fn(item) => {
                    let key = Key::free(&self.module, &plain(&item.sig.ident));
                    self.owner = None;
                    let start = start(&item.attrs, Some(&item.vis), &item.sig);
                    self.function(key, Place::Module, start, &item.attrs, &item.sig, &item.block);
                }
                Item::Impl(block) => self.block(block),
                Item::Mod(module) => {
                    if let Some(items) = tree::inline_items(module) {
                        self.module.push(plain(&module.ident));
                        self.items(items);
                        self.module.pop();
                    }
                }
                _ => {}
            }
        }
    }

    fn block(&mut self, block: &ItemImpl) {
        if !block.generics.params.iter().all(is_lifetime) || block.unsafety.is_some() {
            return;
        }
        let of = block.trait_.as_ref().map(|(path, _)| path);
        let place = if of.is_some() { Place::Trait } else { Place::Inherent };
        self.owner = Some(type_text(&block.self_ty, KeepStatic::No));
        for member in &block.items {
            let ImplItem::Fn(method) = member else { continue };
            let Some(key) = Key::method(&block.self_ty, of, &plain(&method.sig.ident)) else {
                continue;
            };
            let start = start(&method.attrs, Some(&method.vis), &method.sig);
            self.function(key, place, start, &method.attrs, &method.sig, &method.block);
        }
    }

    fn function(
        &mut self,
        key: Key,
        place: Place,
        start: Span,
        attributes: &[Attribute],
        signature: &Signature,
        block: &syn::Block,
    ) {
        let braces = &block.brace_token.span;
        let item = start.byte_range().start..braces.close().byte_range().end;
        let body = braces.open().byte_range().end..braces.close().byte_range().start;
        let is_plain = signature.constness.is_none()
            && signature.asyncness.is_none()
            && signature.variadic.is_none()
            && is_concrete(signature)
            && attributes.iter().all(is_harmless);
        let Some(text) = self.text.get(body.clone()) else { return };
        if is_plain && !REACHING_OUT.iter().any(|word| has_word(text, word)) {
            let name = signature.ident.to_string();
            let path = self.module.iter().chain(&self.owner).chain([&name]);
            let path = path.map(String::as_str).collect::<Vec<_>>().join("::");
            self.found.push(Piece { key, item, body, place, path });
        }
    }
}

fn is_harmless(attribute: &Attribute) -> bool {
    let path = attribute.path();
    let first = path.segments.first().map(|segment| segment.ident.to_string());
    let is_never = || attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "never");
    matches!(attribute.style, AttrStyle::Outer)
        && first.is_some_and(|first| {
            HARMLESS.contains(&first.as_str()) || first == "inline" && is_never()
        })
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    text.match_indices(word).any(|(at, _)| {
        let bytes = text.as_bytes();
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        !before.is_some_and(is_part) && !bytes.get(at + word.len()).is_some_and(is_part)
    })
}

/// Where a function begins.
fn start(attributes: &[Attribute], visibility: Option<&Visibility>, signature: &Signature) -> Span {
    if let Some(first) = attributes.first() {
        return first.pound_token.span;
    }
    match visibility {
        Some(Visibility::Public(word)) => return word.span,
        Some(Visibility::Restricted(restricted)) => return restricted.pub_token.span,
        _ => {}
    }
    match &signature.safety {
        Safety::Unsafe(word) => return word.span,
        Safety::Safe(word) => return word.span,
        Safety::Default => {}
    }
    if let Some(abi) = &signature.abi {
        return abi.extern_token.span;
    }
    signature.fn_token.span
}

#[cfg(test)]
mod tests;
