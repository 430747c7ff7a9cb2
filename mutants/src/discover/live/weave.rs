//! The text with the tests: what is written into the user's, on the lines that are there, and what stands below it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{AttrStyle, Attribute, Block, Signature};

use super::Counters;
use super::tests_of::Found;
use crate::discover::attributes as attrs;
use crate::discover::conditions::Conditions;
use crate::discover::{places, source};

/// Names of ours in a live file: the module, and the two functions that the process around it calls.
const MODULE: &str = "segue_live_tests";
/// Runs a test by its number: `fn(usize) -> bool`; a panic leaves it.
pub const TEST: &str = "segue_live_test";
/// Where calls are counted from now on: `fn(*mut u64)`. Each function has four words, the first of which it counts in.
pub const HITS: &str = "segue_live_hits";

/// What came of it.
pub(super) struct Woven {
    pub(super) text: String,
    pub(super) edits: Edits,
    pub(super) counters: Counters,
    /// Where statics are, in the user's text.
    pub(super) statics: Vec<Range<usize>>,
    pub(super) functions: u32,
}

/// Replacements in a text, by where they begin.
#[derive(Debug, Default)]
pub(super) struct Edits(BTreeMap<(usize, usize), String>);

impl Edits {
    /// Replaces a range, by the same when it is said twice. Nothing that overlaps may be replaced.
    pub(super) fn replace(&mut self, range: Range<usize>, by: impl Into<String>) {
        self.0.insert((range.start, range.end), by.into());
    }

    /// The text after all of them; `None` where they do not fit it.
    pub(super) fn apply(&self, text: &str) -> Option<String> {
        let mut result = String::new();
        let mut at = 0;
        for ((start, end), by) in &self.0 {
            result.push_str(text.get(at..*start)?);
            result.push_str(by);
            at = *end;
        }
        result.push_str(text.get(at..)?);
        Some(result)
    }

    /// Where a range of the text is afterwards, without what is put in at its ends.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let grown = |before: &dyn Fn(usize, usize) -> bool| {
            let edits = self.0.iter().filter(|((start, end), _)| before(*start, *end));
            edits.fold((0, 0), |(put, taken), ((start, end), by)| {
                (put + by.len(), taken + (end - start))
            })
        };
        let (put, taken) = grown(&|_, end| end <= range.start);
        let start = range.start + put - taken;
        let (put, taken) =
            grown(&|start, end| end <= range.end && (start, end) != (range.end, range.end));
        start..(range.end + put - taken).max(start)
    }
}

/// Writes the tests into the text.
///
/// # Errors
///
/// Two replacements do not fit together, which would be a mistake of ours.
pub(super) fn weave(
    file: &syn::File,
    text: &str,
    conditions: &Conditions,
    bodies: &BTreeSet<usize>,
    tests: &[Found],
) -> Result<Woven, String> {
    let mut weaver = Weaver {
        text,
        conditions,
        bodies,
        edits: Edits::default(),
        counters: Counters::new(),
        statics: Vec::new(),
        functions: 0,
    };
    if !attrs::are_false(&file.attrs, conditions) {
        weaver.visit_file(file);
    }
    let Weaver { mut edits, counters, statics, functions, .. } = weaver;
    let tokens: TokenStream = source::without_shebang(text).parse().unwrap_or_default();
    words(tokens, text, &mut edits);
    for test in tests {
        let blank = |c: char| if c == '\n' { '\n' } else { ' ' };
        let attribute = text.get(test.attribute.clone()).unwrap_or_default();
        edits.replace(test.attribute.clone(), attribute.chars().map(blank).collect::<String>());
        for place in &test.visibilities {
            let space = if place.is_empty() { " " } else { "" };
            edits.replace(place.clone(), format!("pub(crate){space}"));
        }
    }
    let mut woven = edits.apply(text).ok_or("the tests do not fit into the text")?;
    woven.push('\n');
    woven.push_str(&below(tests));
    Ok(Woven { text: woven, edits, counters, statics, functions })
}

/// What stands below the user's text.
fn below(tests: &[Found]) -> String {
    let mut arms = String::new();
    for (number, test) in tests.iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = write!(arms, "{number} => {MODULE}::passes(crate::{}()), ", test.path);
    }
    format!(
        "#[allow(warnings, unsafe_code)] #[doc(hidden)] pub mod {MODULE} {{ \
         use ::core::sync::atomic::{{AtomicPtr, AtomicU64, Ordering}}; \
         pub static HITS: AtomicPtr<u64> = AtomicPtr::new(::core::ptr::null_mut()); \
         pub fn hit(function: usize) {{ let hits = HITS.load(Ordering::Relaxed); \
         if !hits.is_null() {{ unsafe {{ AtomicU64::from_ptr(hits.add(function * 4)) }}.fetch_add(1, Ordering::Relaxed); }} }} \
         pub fn passes<T: ::std::process::Termination>(result: T) -> bool {{ result.report() == ::std::process::ExitCode::SUCCESS }} }}\n\
         #[allow(warnings)] #[doc(hidden)] pub fn {HITS}(at: *mut u64) {{ {MODULE}::HITS.store(at, ::core::sync::atomic::Ordering::Relaxed); }}\n\
         #[allow(warnings)] #[doc(hidden)] pub fn {TEST}(number: usize) -> bool {{ match number {{ {arms}_ => false }} }}\n"
    )
}

/// Conditions and lints, wherever they stand: `test` holds, and what lints forbid is only warned of, since what is
/// put in would break many. Both are words of the same length.
fn words(tokens: TokenStream, text: &str, edits: &mut Edits) {
    let mut before = [String::new(), String::new()];
    for token in tokens {
        let word = match &token {
            TokenTree::Group(group) => {
                let [first, last] = &before;
                let is_attribute = group.delimiter() == Delimiter::Bracket
                    && (last == "#" || (first == "#" && last == "!"));
                if is_attribute {
                    attribute(group.stream(), text, edits);
                } else if first == "cfg" && last == "!" {
                    condition(group.stream(), text, edits);
                }
                words(group.stream(), text, edits);
                String::new()
            }
            other => other.to_string(),
        };
        before = [std::mem::take(&mut before[1]), word];
    }
}

/// What stands in the brackets of an attribute, or behind the condition of a `cfg_attr`.
fn attribute(tokens: TokenStream, text: &str, edits: &mut Edits) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let [TokenTree::Ident(name), TokenTree::Group(group), ..] = tokens.as_slice() else { return };
    match name.to_string().as_str() {
        "cfg" => condition(group.stream(), text, edits),
        "cfg_attr" => {
            let parts: Vec<TokenTree> = group.stream().into_iter().collect();
            let is_comma =
                |it: &TokenTree| matches!(it, TokenTree::Punct(it) if it.as_char() == ',');
            let mut parts = parts.split(is_comma);
            condition(parts.next().unwrap_or_default().iter().cloned().collect(), text, edits);
            parts.for_each(|part| attribute(part.iter().cloned().collect(), text, edits));
        }
        "deny" => edits.replace(places::bytes(text, name.span()), "warn"),
        "forbid" => edits.replace(places::bytes(text, name.span()), "warn  "),
        _ => {}
    }
}

/// `test` becomes `true`.
fn condition(tokens: TokenStream, text: &str, edits: &mut Edits) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => condition(group.stream(), text, edits),
            TokenTree::Ident(name) if name == "test" => {
                edits.replace(places::bytes(text, name.span()), "true");
            }
            _ => {}
        }
    }
}

/// Puts counters into the bodies that have mutants.
struct Weaver<'a> {
    text: &'a str,
    conditions: &'a Conditions,
    bodies: &'a BTreeSet<usize>,
    edits: Edits,
    counters: Counters,
    statics: Vec<Range<usize>>,
    functions: u32,
}

impl Weaver<'_> {
    fn function(&mut self, signature: &Signature, attributes: &[Attribute], body: &Block) {
        let braces = places::bytes(self.text, body.brace_token.span.join());
        if !self.bodies.contains(&braces.start) {
            return;
        }
        if signature.constness.is_some() {
            self.counters.insert(braces.start, None);
            return;
        }
        let inner = attributes.iter().filter(|it| matches!(it.style, AttrStyle::Inner(_)));
        let end = |it: &Attribute| places::bytes(self.text, it.bracket_token.span.join()).end;
        let at = inner.map(end).max().unwrap_or(braces.start + 1);
        let number = self.functions;
        self.functions += 1;
        self.counters.insert(braces.start, Some(number));
        self.edits.replace(at..at, format!(" crate::{MODULE}::hit({number}); "));
    }
}

impl<'ast> Visit<'ast> for Weaver<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !attrs::are_false(attrs::of_item(item), self.conditions) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast syn::ImplItem) {
        if !attrs::are_false(attrs::of_impl_item(item), self.conditions) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_trait_item(&mut self, item: &'ast syn::TraitItem) {
        if !attrs::are_false(attrs::of_trait_item(item), self.conditions) {
            visit::visit_trait_item(self, item);
        }
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.statics.push(places::bytes(self.text, item.span()));
        visit::visit_item_static(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, &item.attrs, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, &item.attrs, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(body) = &item.default {
            self.function(&item.sig, &item.attrs, body);
        }
        visit::visit_trait_item_fn(self, item);
    }
}
