//! Free functions as declarations of something that stands elsewhere: a unit that calls one has a call of
//! its symbol, and rustc has no body to look into.

use std::collections::HashMap;

use quote::{ToTokens, quote};
use syn::{FnArg, Item, ItemFn, Safety, Signature};

use super::names::Key;
use crate::tokens::plain;
use crate::tree::{self, Tree};

/// A declaration around the place of its symbol.
pub(super) struct Declaration {
    before: String,
    after: String,
}

impl Declaration {
    pub(super) fn with_symbol(&self, symbol: &str) -> String {
        format!("{}\"{symbol}\"{}", self.before, self.after)
    }
}

/// Every free function of the files. Where two have one key, nobody asks for it.
pub(super) fn declarations(tree: &Tree) -> HashMap<Key, Declaration> {
    let mut found = HashMap::new();
    for file in &tree.files {
        items(file.items(), &mut file.module.clone(), &mut found);
    }
    found
}

fn items(items_of: &[Item], module: &mut Vec<String>, found: &mut HashMap<Key, Declaration>) {
    for item in items_of {
        match item {
            Item::Fn(item) => {
                let key = Key::free(module, &plain(&item.sig.ident));
                found.insert(key, declaration(item));
            }
            Item::Mod(inner) => {
                if let Some(inner_items) = tree::inline_items(inner) {
                    module.push(plain(&inner.ident));
                    items(inner_items, module, found);
                    module.pop();
                }
            }
            _ => {}
        }
    }
}

fn declaration(item: &ItemFn) -> Declaration {
    let Signature { safety, abi, ident, generics, inputs, output, .. } = &item.sig;
    let abi = match abi {
        Some(abi) => abi.to_token_stream().to_string(),
        None => "extern \"Rust\"".to_owned(),
    };
    let safety = match safety {
        Safety::Unsafe(word) => quote!(#word),
        _ => quote!(safe),
    };
    let parameters = inputs.iter().enumerate().filter_map(|(number, input)| {
        let FnArg::Typed(typed) = input else { return None };
        let name = quote::format_ident!("a{number}");
        let ty = &typed.ty;
        Some(quote!(#name: #ty))
    });
    let (vis, clause) = (&item.vis, &generics.where_clause);
    let declared = quote!(#vis #safety fn #ident #generics (#(#parameters),*) #output #clause;);
    Declaration {
        before: format!("unsafe {abi} {{ #[link_name = "),
        after: format!("] {declared} }}").replace('\n', " "),
    }
}
