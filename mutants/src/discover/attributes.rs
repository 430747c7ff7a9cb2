//! What the attributes of a piece of code say: is it left alone, is it compiled, which file is it in?

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ImplItem, Item, Lit, LitBool, Meta, Path, Stmt, Token, TraitItem};

use super::conditions::{Answer, Conditions};

#[cfg(test)]
mod tests;

/// Whether a person or a test says that nothing in it is to be changed: `#[mutants::skip]`, also in a
/// `cfg_attr` with whatever condition; `#[cfg(test)]`; `#[test]` and all that ends so, as `#[tokio::test]`.
pub(super) fn are_left_alone(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        is_skip(path)
            || ends_with(path, "test")
            || (path.is_ident("cfg")
                && list(attribute).iter().any(|part| part.path().is_ident("test")))
            || (path.is_ident("cfg_attr")
                && list(attribute).iter().any(|part| is_skip(part.path())))
    })
}

/// Whether the code is compiled out.
pub(super) fn are_false(attributes: &[Attribute], conditions: &Conditions) -> bool {
    attributes.iter().any(|attribute| {
        if attribute.path().is_ident("cfg") {
            return list(attribute).first().is_some_and(|part| conditions.ask(part) == Answer::No);
        }
        let parts = match attribute.path().is_ident("cfg_attr") {
            true => list(attribute),
            false => return false,
        };
        let holds = parts.first().map(|part| conditions.ask(part));
        holds == Some(Answer::Yes) && parts.iter().skip(1).any(|part| is_false(part, conditions))
    })
}

/// A `cfg(...)` inside of a `cfg_attr`.
fn is_false(part: &Meta, conditions: &Conditions) -> bool {
    match part {
        Meta::List(list) if list.path.is_ident("cfg") => list
            .parse_args::<Meta>()
            .is_ok_and(|condition| conditions.ask(&condition) == Answer::No),
        _ => false,
    }
}

/// The file that `#[path = "..."]` names, also in a `cfg_attr` that holds.
pub(super) fn path_of(attributes: &[Attribute], conditions: &Conditions) -> Option<String> {
    attributes.iter().find_map(|attribute| match attribute.path().is_ident("cfg_attr") {
        false => path_in(&attribute.meta),
        true => {
            let parts = list(attribute);
            let holds = parts.first().is_some_and(|part| conditions.ask(part) == Answer::Yes);
            parts.iter().skip(1).find_map(path_in).filter(|_| holds)
        }
    })
}

fn path_in(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(path) => Some(path.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Whether the last part of a path is this word, whatever its arguments.
pub(super) fn ends_with(path: &Path, word: &str) -> bool {
    path.segments.last().is_some_and(|last| last.ident == word)
}

fn is_skip(path: &Path) -> bool {
    path.segments.len() == 2
        && path.segments[0].ident == "mutants"
        && path.segments[1].ident == "skip"
}

/// What stands in an attribute's brackets; nothing where it is not a list.
pub(super) fn list(attribute: &Attribute) -> Punctuated<Meta, Token![,]> {
    attribute
        .parse_args_with(|input: ParseStream<'_>| input.parse_terminated(condition, Token![,]))
        .unwrap_or_default()
}

/// A condition as syn reads it, and `true` and `false`, which are conditions too.
pub(super) fn condition(input: ParseStream<'_>) -> syn::Result<Meta> {
    if !input.peek(LitBool) {
        return input.parse();
    }
    let value: LitBool = input.parse()?;
    let word = if value.value { "true" } else { "false" };
    Ok(Meta::Path(Ident::new(word, value.span).into()))
}

/// The attributes of an item.
pub(super) fn of_item(item: &Item) -> &[Attribute] {
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

/// The attributes of an item in an `impl`.
pub(super) fn of_impl_item(item: &ImplItem) -> &[Attribute] {
    match item {
        ImplItem::Const(item) => &item.attrs,
        ImplItem::Fn(item) => &item.attrs,
        ImplItem::Type(item) => &item.attrs,
        ImplItem::Macro(item) => &item.attrs,
        _ => &[],
    }
}

/// The attributes of an item in a `trait`.
pub(super) fn of_trait_item(item: &TraitItem) -> &[Attribute] {
    match item {
        TraitItem::Const(item) => &item.attrs,
        TraitItem::Fn(item) => &item.attrs,
        TraitItem::Type(item) => &item.attrs,
        TraitItem::Macro(item) => &item.attrs,
        _ => &[],
    }
}

/// The attributes of a statement that is no expression and no item.
pub(super) fn of_statement(statement: &Stmt) -> &[Attribute] {
    match statement {
        Stmt::Local(local) => &local.attrs,
        Stmt::Macro(of_macro) => &of_macro.attrs,
        _ => &[],
    }
}

/// The attributes of an expression.
pub(super) fn of_expression(expression: &Expr) -> &[Attribute] {
    macro_rules! attributes {
        ($($kind:ident),*) => {
            match expression {
                $(Expr::$kind(expression) => &expression.attrs,)*
                _ => &[],
            }
        };
    }
    attributes!(
        Array, Assign, Async, Await, Binary, Block, Break, Call, Cast, Closure, Const, Continue,
        Field, ForLoop, Group, If, Index, Infer, Let, Lit, Loop, Macro, Match, MethodCall, Paren,
        Path, Range, RawAddr, Reference, Repeat, Return, Struct, Try, TryBlock, Tuple, Unary,
        Unsafe, While, Yield
    )
}
