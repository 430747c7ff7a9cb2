//! Which functions mention which others: who may have a function inlined.
//!
//! A function is found by the last segment of its path among the identifiers of a body, so this may
//! name too many, and never too few outside of macros that make identifiers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{ImplItemFn, ItemFn, ItemImpl, ItemMod, Signature};

use crate::definitions::identifiers;
use crate::tokens::{KeepStatic, type_text};
use crate::tree::Tree;

/// The identifiers in the body of each function and method, by its path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mentions {
    bodies: Arc<BTreeMap<Arc<str>, Arc<BTreeSet<String>>>>,
}

impl Mentions {
    pub(crate) fn of(tree: &Tree) -> Mentions {
        let mut bodies = BTreeMap::new();
        for file in &tree.files {
            let mut visitor = Visitor { path: file.module.clone(), bodies: &mut bodies };
            file.items().iter().for_each(|item| visitor.visit_item(item));
        }
        Mentions { bodies: bodies.into() }
    }

    /// Whether these are the names in the body of the function `path`.
    pub(crate) fn are(&self, path: &str, names: &BTreeSet<String>) -> bool {
        self.bodies.get(path).is_some_and(|own| **own == *names)
    }

    /// With other names in the body of the function `path`, which had these; nothing where it has others.
    pub(crate) fn with(
        mut self,
        path: &str,
        before: &BTreeSet<String>,
        after: BTreeSet<String>,
    ) -> Option<Mentions> {
        if !self.are(path, before) {
            return None;
        }
        // Most edits mention what was mentioned, and others share the table.
        if *before != after {
            Arc::make_mut(&mut self.bodies).insert(path.into(), after.into());
        }
        Some(self)
    }

    /// The paths of those that mention the function `path`.
    pub(crate) fn of_function(&self, path: &str) -> Vec<String> {
        let name = path.rsplit("::").next().unwrap_or(path);
        let others = self.bodies.iter().filter(|(own, _)| &***own != path);
        others.filter(|(_, names)| names.contains(name)).map(|(own, _)| own.to_string()).collect()
    }
}

struct Visitor<'a> {
    path: Vec<String>,
    bodies: &'a mut BTreeMap<Arc<str>, Arc<BTreeSet<String>>>,
}

impl Visitor<'_> {
    fn body(&mut self, signature: &Signature, body: impl ToTokens) {
        let mut path = self.path.clone();
        path.push(signature.ident.to_string());
        let names = self.bodies.entry(path.join("::").into()).or_default();
        identifiers(body.into_token_stream(), Arc::make_mut(names));
    }

    fn within(&mut self, name: String, walk: impl FnOnce(&mut Self)) {
        self.path.push(name);
        walk(self);
        self.path.pop();
    }
}

impl<'ast> Visit<'ast> for Visitor<'_> {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.body(&item.sig, &item.block);
        self.within(item.sig.ident.to_string(), |inner| visit::visit_block(inner, &item.block));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.body(&item.sig, &item.block);
        self.within(item.sig.ident.to_string(), |inner| visit::visit_block(inner, &item.block));
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let name = type_text(&item.self_ty, KeepStatic::No);
        self.within(name, |inner| visit::visit_item_impl(inner, item));
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.within(item.ident.to_string(), |inner| visit::visit_item_mod(inner, item));
    }
}

#[cfg(test)]
mod tests;
