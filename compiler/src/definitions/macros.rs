//! Which macros of the files could define items when they are called.
//!
//! A call inside of a function is part of the file's ABI only if it makes types or functions there. That
//! takes a look at all files first: a macro may be called above its definition, and may leave
//! the items to another one.

use std::collections::{BTreeSet, HashMap, HashSet};

use proc_macro2::TokenStream;
use syn::visit::{self, Visit};

use super::names::identifiers;
use crate::tokens::plain;
use crate::tree::Tree;

/// Words that an item starts with.
const ITEM_WORDS: &[&str] =
    &["fn", "struct", "enum", "union", "type", "impl", "trait", "const", "static", "use", "mod"];

/// Whether `tokens` could define an item themselves.
pub(super) fn defines_items(tokens: TokenStream) -> bool {
    let mut names = BTreeSet::new();
    identifiers(tokens, &mut names);
    has_item_word(&names)
}

/// Whether an item may begin among `names`.
pub(crate) fn has_item_word(names: &BTreeSet<String>) -> bool {
    ITEM_WORDS.iter().any(|word| names.contains(*word))
}

/// The names of all macros of `tree` that define items, or mention a macro that does.
pub(crate) fn that_define_items(tree: &Tree) -> HashSet<String> {
    let mut find = Find::default();
    for file in &tree.files {
        file.items().iter().for_each(|item| find.visit_item(item));
    }
    let mut found: HashSet<String> = HashSet::new();
    loop {
        let more: Vec<String> = find
            .macros
            .iter()
            .filter(|(name, _)| !found.contains(*name))
            .filter(|(_, inside)| {
                has_item_word(inside) || inside.iter().any(|name| found.contains(name))
            })
            .map(|(name, _)| name.clone())
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// Every macro definition, by name, with the identifiers in it.
#[derive(Default)]
struct Find {
    macros: HashMap<String, BTreeSet<String>>,
}

impl<'ast> Visit<'ast> for Find {
    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        if let Some(name) = &item.ident {
            let inside = self.macros.entry(plain(name)).or_default();
            identifiers(item.mac.tokens.clone(), inside);
        }
        visit::visit_item_macro(self, item);
    }

    /// `use items as things` gives a macro another name.
    fn visit_use_rename(&mut self, rename: &'ast syn::UseRename) {
        self.macros.entry(plain(&rename.rename)).or_default().insert(plain(&rename.ident));
    }
}
