//! Data types: the structs and enums of the user's that a state holds by value, and what is inside them.
//!
//! When a state's type changes, the runtime carries its values over field by field, to any depth. For
//! that it must know what stands where. Here types are read as far as their text goes; what rustc
//! makes of it (sizes, offsets, which type a name really means) the shims of [`crate::describe`] say.

use std::collections::HashMap;

use syn::{Item, Type};

use crate::cfg;
use crate::states::{Defined, fields_of};
use crate::tokens::plain;
use crate::tree::{Origin, Tree, inline_items};

/// Tuples longer than this are carried as a whole or not at all.
pub(crate) const TUPLE: usize = 8;

/// A struct or enum that is described: one variant without a name, or the enum's.
pub(crate) struct FoundData<'a> {
    pub defined: Defined<'a>,
    pub name: String,
    pub variants: Vec<FoundVariant<'a>>,
    /// Why no shim can describe it.
    pub refusal: Option<String>,
}

/// The fields that exist together.
pub(crate) struct FoundVariant<'a> {
    pub ident: Option<&'a syn::Ident>,
    pub attributes: &'a [syn::Attribute],
    pub fields: Vec<FoundField<'a>>,
}

/// One field.
pub(crate) struct FoundField<'a> {
    pub name: String,
    /// How an expression names it.
    pub member: String,
    pub attributes: &'a [syn::Attribute],
    pub part: FoundPart<'a>,
}

/// A type as it is written, with the parts that it shows.
pub(crate) struct FoundPart<'a> {
    pub ty: &'a Type,
    /// The file that `ty` is written in, and the item of it.
    pub file: usize,
    pub within: String,
    pub form: FoundForm<'a>,
}

/// What a type's text says about its inside.
pub(crate) enum FoundForm<'a> {
    /// Nothing: a name.
    Plain,
    Array(Box<FoundPart<'a>>),
    Tuple(Vec<FoundPart<'a>>),
    Option(Box<FoundPart<'a>>),
    Boxed(Box<FoundPart<'a>>),
}

impl FoundData<'_> {
    pub(crate) fn is_enum(&self) -> bool {
        matches!(self.defined.item, Item::Enum(_))
    }
}

/// Type aliases without parameters, by file and name; `None` where a file has several.
pub(crate) type Aliases<'a> = HashMap<(usize, String), Option<&'a Type>>;

/// All aliases of the user's files.
pub(crate) fn aliases(tree: &Tree) -> Aliases<'_> {
    fn search<'a>(file: usize, items: &'a [Item], found: &mut Aliases<'a>) {
        for item in items {
            match item {
                Item::Type(item) if item.generics.params.is_empty() => {
                    found
                        .entry((file, plain(&item.ident)))
                        .and_modify(|known| *known = None)
                        .or_insert(Some(&item.ty));
                }
                Item::Mod(module) => {
                    search(file, inline_items(module).unwrap_or_default(), found);
                }
                _ => {}
            }
        }
    }
    let mut found = Aliases::new();
    for (index, file) in tree.files.iter().enumerate() {
        if file.origin == Origin::User {
            search(index, file.items(), &mut found);
        }
    }
    found
}

/// The data types that values of `roots` contain, `roots` first, each once.
pub(crate) fn reachable<'a>(
    roots: impl Iterator<Item = Defined<'a>>,
    aliases: &Aliases<'a>,
    resolve: impl Fn(&str, usize) -> Option<Defined<'a>>,
) -> Vec<FoundData<'a>> {
    let mut open: Vec<Defined<'a>> = Vec::new();
    let add = |open: &mut Vec<Defined<'a>>, defined: Defined<'a>| {
        if !open.iter().any(|known| std::ptr::eq(known.item, defined.item)) {
            open.push(defined);
        }
    };
    roots.for_each(|root| add(&mut open, root));
    let mut found = Vec::new();
    while let Some(defined) = open.get(found.len()).cloned() {
        let data = read(defined, aliases);
        let parts = data.variants.iter().flat_map(|variant| &variant.fields);
        let mut names = Vec::new();
        parts.for_each(|field| mentioned(&field.part, &mut names));
        for (name, file) in names {
            if let Some(defined) = resolve(&name, file) {
                add(&mut open, defined);
            }
        }
        found.push(data);
    }
    found
}

/// The names that stand for values inside of `part`.
fn mentioned(part: &FoundPart<'_>, names: &mut Vec<(String, usize)>) {
    match &part.form {
        FoundForm::Plain => {
            if let Type::Path(path) = part.ty
                && let Some(last) = path.path.segments.last()
            {
                names.push((plain(&last.ident), part.file));
            }
        }
        FoundForm::Array(inner) | FoundForm::Option(inner) | FoundForm::Boxed(inner) => {
            mentioned(inner, names);
        }
        FoundForm::Tuple(items) => items.iter().for_each(|item| mentioned(item, names)),
    }
}

fn read<'a>(defined: Defined<'a>, aliases: &Aliases<'a>) -> FoundData<'a> {
    let file = defined.file;
    let fields = |within: &syn::Ident, fields: &'a syn::Fields| {
        let around = Around { file, within: plain(within), depth: 0 };
        let each = fields_of(fields).into_iter().map(|(name, field)| FoundField {
            member: field.ident.as_ref().map_or_else(|| name.clone(), ToString::to_string),
            name,
            attributes: &field.attrs,
            part: part(&field.ty, &around, aliases),
        });
        each.collect::<Vec<_>>()
    };
    let (name, variants) = match defined.item {
        Item::Struct(item) => {
            let attributes = item.attrs.as_slice();
            let fields = fields(&item.ident, &item.fields);
            (plain(&item.ident), vec![FoundVariant { ident: None, attributes, fields }])
        }
        Item::Enum(item) => {
            let existing = item.variants.iter().filter(|variant| cfg::exists(&variant.attrs));
            let variants = existing.map(|variant| FoundVariant {
                ident: Some(&variant.ident),
                attributes: &variant.attrs,
                fields: fields(&item.ident, &variant.fields),
            });
            (plain(&item.ident), variants.collect())
        }
        _ => (String::new(), Vec::new()),
    };
    let refusal = refusal(&defined, &name);
    FoundData { defined, name, variants, refusal }
}

/// Why the region of the type's file cannot name it and all of its fields.
fn refusal(defined: &Defined<'_>, name: &str) -> Option<String> {
    if let Item::Enum(item) = defined.item
        && item.variants.is_empty()
    {
        return Some(format!("`{name}` has no variants"));
    }
    if defined.inline.is_empty() {
        return None;
    }
    if !defined.is_reachable {
        return Some(format!("`{name}` is private to its module: make it pub(crate)"));
    }
    let Item::Struct(item) = defined.item else { return None };
    let hidden = fields_of(&item.fields)
        .into_iter()
        .find(|(_, field)| matches!(field.vis, syn::Visibility::Inherited))?;
    Some(format!("field `{}` of `{name}` is private to its module: make it pub(crate)", hidden.0))
}

/// Aliases of aliases end somewhere, except in a ring.
const DEPTH: usize = 32;

/// Where a type's text stands.
struct Around {
    file: usize,
    within: String,
    depth: usize,
}

fn part<'a>(ty: &'a Type, around: &Around, aliases: &Aliases<'a>) -> FoundPart<'a> {
    let deeper = |within: &str| Around {
        file: around.file,
        within: within.to_owned(),
        depth: around.depth + 1,
    };
    let inner = |ty: &'a Type| part(ty, &deeper(&around.within), aliases);
    let form = match ty {
        _ if around.depth > DEPTH => FoundForm::Plain,
        Type::Paren(paren) => return inner(&paren.elem),
        Type::Group(group) => return inner(&group.elem),
        Type::Array(array) => FoundForm::Array(Box::new(inner(&array.elem))),
        Type::Tuple(tuple) if (1..=TUPLE).contains(&tuple.elems.len()) => {
            FoundForm::Tuple(tuple.elems.iter().map(inner).collect())
        }
        Type::Path(path) if path.qself.is_none() => match wrapped(&path.path) {
            Some(("Option", ty)) => FoundForm::Option(Box::new(inner(ty))),
            Some(("Box", ty)) if is_sized(ty) => FoundForm::Boxed(Box::new(inner(ty))),
            _ => {
                let alias = path.path.get_ident().map(|ident| (around.file, plain(ident)));
                let target = alias.and_then(|key| Some(((*aliases.get(&key)?)?, key.1)));
                match target {
                    Some((target, name)) => part(target, &deeper(&name), aliases).form,
                    None => FoundForm::Plain,
                }
            }
        },
        _ => FoundForm::Plain,
    };
    FoundPart { ty, file: around.file, within: around.within.clone(), form }
}

/// `T` of `Option<T>` and `Box<T>`.
fn wrapped(path: &syn::Path) -> Option<(&'static str, &Type)> {
    let last = path.segments.last()?;
    let name = ["Option", "Box"].into_iter().find(|name| last.ident == name)?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(ty)) if arguments.args.len() == 1 => Some((name, ty)),
        _ => None,
    }
}

fn is_sized(ty: &Type) -> bool {
    match ty {
        Type::TraitObject(_) | Type::Slice(_) | Type::ImplTrait(_) => false,
        Type::Path(path) => !path.path.is_ident("str"),
        _ => true,
    }
}

/// The names that `#[doc(alias = "..")]` gives besides: what something was called before.
pub(crate) fn former_names(attributes: &[syn::Attribute]) -> Vec<String> {
    let mut names = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        // `#[doc = ".."]` and whatever else rustdoc knows is none of ours.
        let _ = attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("alias") {
                return Ok(());
            }
            if meta.input.peek(syn::Token![=]) {
                names.push(meta.value()?.parse::<syn::LitStr>()?.value());
            } else {
                let list;
                syn::parenthesized!(list in meta.input);
                let list = list
                    .parse_terminated(<syn::LitStr as syn::parse::Parse>::parse, syn::Token![,])?;
                names.extend(list.iter().map(syn::LitStr::value));
            }
            Ok(())
        });
    }
    names
}

#[cfg(test)]
mod tests;
