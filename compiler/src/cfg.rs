//! Which `#[cfg(..)]` items exist: the interface must list what rustc compiles, and nothing else.
//!
//! The answers are those of the target Segue runs on, with the flags `rustc::unit` gives. A
//! predicate that is not known here keeps its item.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Attribute, Field, ImplItem, Item, TraitItem};

/// Removes what `#[cfg(..)]` excludes from `items`, nested modules included.
pub(crate) fn retain(items: &mut Vec<Item>) {
    items.retain(|item| exists(attributes(item)));
    for item in items {
        match item {
            Item::Mod(module) => {
                if let Some((_, items)) = &mut module.content {
                    retain(items);
                }
            }
            Item::Impl(block) => block.items.retain(|item| exists(impl_attributes(item))),
            Item::Trait(definition) => {
                definition.items.retain(|item| exists(trait_attributes(item)));
            }
            _ => {}
        }
    }
}

/// Whether the `#[cfg(..)]` among `attributes` all hold.
pub(crate) fn exists(attributes: &[Attribute]) -> bool {
    attributes.iter().all(|attribute| {
        !attribute.path().is_ident("cfg")
            || attribute
                .parse_args::<TokenStream>()
                .is_ok_and(|predicate| holds(predicate).unwrap_or(true))
    })
}

/// Whether a field exists.
pub(crate) fn field_exists(field: &Field) -> bool {
    exists(&field.attrs)
}

/// `None` when the predicate is not known here.
fn holds(predicate: TokenStream) -> Option<bool> {
    let tokens: Vec<TokenTree> = predicate.into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(name)] => flag(&name.to_string()),
        [TokenTree::Ident(name), TokenTree::Punct(equals), TokenTree::Literal(value)]
            if equals.as_char() == '=' =>
        {
            valued(&name.to_string(), value.to_string().trim_matches('"'))
        }
        [TokenTree::Ident(name), TokenTree::Group(arguments)]
            if arguments.delimiter() == Delimiter::Parenthesis =>
        {
            let arguments = split(arguments.stream()).into_iter().map(holds);
            match name.to_string().as_str() {
                "not" => arguments.last().flatten().map(|held| !held),
                "all" => combine(arguments, false),
                "any" => combine(arguments, true),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The first `decisive` answer decides; otherwise all must be known.
fn combine(answers: impl Iterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let mut result = Some(!decisive);
    for answer in answers {
        match answer {
            Some(answer) if answer == decisive => return Some(decisive),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}

fn split(arguments: TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = arguments.into_iter().collect();
    tokens
        .split(|token| matches!(token, TokenTree::Punct(comma) if comma.as_char() == ','))
        .filter(|argument| !argument.is_empty())
        .map(|argument| argument.iter().cloned().collect())
        .collect()
}

fn flag(name: &str) -> Option<bool> {
    match name {
        "true" | "unix" => Some(true),
        "false" | "windows" | "test" | "debug_assertions" | "doc" | "doctest" | "miri" => {
            Some(false)
        }
        _ => None,
    }
}

fn valued(name: &str, value: &str) -> Option<bool> {
    let truth = match name {
        "target_os" => std::env::consts::OS,
        "target_arch" => std::env::consts::ARCH,
        "target_family" => std::env::consts::FAMILY,
        "target_pointer_width" => "64",
        "target_endian" => "little",
        "panic" => "unwind",
        // A live file is no cargo package.
        "feature" => return Some(false),
        _ => return None,
    };
    Some(truth == value)
}

/// The attributes of `item`.
pub(crate) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn impl_attributes(item: &ImplItem) -> &[Attribute] {
    match item {
        ImplItem::Const(item) => &item.attrs,
        ImplItem::Fn(item) => &item.attrs,
        ImplItem::Type(item) => &item.attrs,
        ImplItem::Macro(item) => &item.attrs,
        _ => &[],
    }
}

fn trait_attributes(item: &TraitItem) -> &[Attribute] {
    match item {
        TraitItem::Const(item) => &item.attrs,
        TraitItem::Fn(item) => &item.attrs,
        TraitItem::Type(item) => &item.attrs,
        TraitItem::Macro(item) => &item.attrs,
        _ => &[],
    }
}

#[cfg(test)]
mod tests;
