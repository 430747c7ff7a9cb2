//! The tests of a live file: what `rustc --test` would make a test of, in the file itself.

use std::ops::Range;

use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Item, Lit, Meta, Visibility};

use super::{Expected, LiveTest};
use crate::discover::attributes::{self, are_false, of_item};
use crate::discover::conditions::{Answer, Conditions};
use crate::discover::places;

/// A test, and what has to be written so that it can be called.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) test: LiveTest,
    /// Its path from the crate's root, as code writes it.
    pub(super) path: String,
    /// The attribute that makes it a test, in bytes.
    pub(super) attribute: Range<usize>,
    /// Where it, and the modules around it, say who may name them.
    pub(super) visibilities: Vec<Range<usize>>,
}

/// All tests, in the order of the text.
pub(super) fn tests_of(file: &syn::File, text: &str, conditions: &Conditions) -> Vec<Found> {
    let mut finder = Finder { text, conditions, modules: Vec::new(), found: Vec::new() };
    if !are_false(&file.attrs, conditions) {
        finder.items(&file.items);
    }
    finder.found
}

struct Finder<'a> {
    text: &'a str,
    conditions: &'a Conditions,
    /// The modules around this place: name, and where it says who may name it, unless everybody may.
    modules: Vec<(syn::Ident, Option<Range<usize>>)>,
    found: Vec<Found>,
}

impl Finder<'_> {
    fn items(&mut self, items: &[Item]) {
        for item in items.iter().filter(|item| !are_false(of_item(item), self.conditions)) {
            match item {
                Item::Mod(module) => {
                    let Some((_, items)) = &module.content else { continue };
                    let visibility = self.visibility(&module.vis, module.mod_token.span);
                    self.modules.push((module.ident.clone(), visibility));
                    self.items(items);
                    self.modules.pop();
                }
                Item::Fn(item) => self.function(item),
                _ => {}
            }
        }
    }

    fn function(&mut self, item: &syn::ItemFn) {
        let Some(attribute) = item.attrs.iter().find(|it| it.path().is_ident("test")) else {
            return;
        };
        let own = self.visibility(&item.vis, item.sig.span());
        let names = self.modules.iter().map(|(name, _)| name).chain([&item.sig.ident]);
        let path: Vec<String> = names.clone().map(ToString::to_string).collect();
        let name: Vec<String> = names.map(|it| it.unraw().to_string()).collect();
        let visibilities = self.modules.iter().filter_map(|(_, it)| it.clone()).chain(own);
        self.found.push(Found {
            test: LiveTest {
                name: name.join("::"),
                is_ignored: self.find(&item.attrs, "ignore").is_some(),
                expected: match self.find(&item.attrs, "should_panic") {
                    Some(meta) => Expected::Panic(message(&meta)),
                    None => Expected::Return,
                },
            },
            path: path.join("::"),
            attribute: places::bytes(self.text, attribute.span()),
            visibilities: visibilities.collect(),
        });
    }

    /// Where `pub(crate)` has to be written, in place of what is there.
    fn visibility(
        &self,
        visibility: &Visibility,
        begin: proc_macro2::Span,
    ) -> Option<Range<usize>> {
        match visibility {
            Visibility::Public(_) => None,
            Visibility::Inherited => {
                let at = places::bytes(self.text, begin).start;
                Some(at..at)
            }
            restricted => Some(places::bytes(self.text, restricted.span())),
        }
    }

    /// The attribute of this name, also in a `cfg_attr` that holds.
    fn find(&self, attributes: &[Attribute], name: &str) -> Option<Meta> {
        attributes.iter().find_map(|attribute| {
            if attribute.path().is_ident(name) {
                return Some(attribute.meta.clone());
            }
            if !attribute.path().is_ident("cfg_attr") {
                return None;
            }
            let parts = attributes::list(attribute);
            let holds = parts.first().is_some_and(|it| self.conditions.ask(it) == Answer::Yes);
            parts.into_iter().skip(1).find(|it| holds && it.path().is_ident(name))
        })
    }
}

/// The text of `should_panic = "text"` and of `should_panic(expected = "text")`.
fn message(meta: &Meta) -> Option<String> {
    let text = |value: &Expr| match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    };
    match meta {
        Meta::NameValue(pair) => text(&pair.value),
        Meta::List(list) => match list.parse_args::<Meta>() {
            Ok(Meta::NameValue(pair)) if pair.path.is_ident("expected") => text(&pair.value),
            _ => None,
        },
        Meta::Path(_) => None,
    }
}
