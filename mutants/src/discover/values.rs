//! Which values a function's body may become, by its return type: the rules of cargo-mutants 27, which knows
//! the type's text only.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Expr, GenericArgument, Ident, Path, PathArguments, PathSegment, ReturnType, Type,
    TypeParamBound,
};

#[cfg(test)]
mod tests;

const UNSIGNED: [&str; 6] = ["u8", "u16", "u32", "u64", "u128", "usize"];
const SIGNED: [&str; 6] = ["i8", "i16", "i32", "i64", "i128", "isize"];
const FLOATS: [&str; 2] = ["f32", "f64"];
const NONZERO_UNSIGNED: [&str; 6] =
    ["NonZeroU8", "NonZeroU16", "NonZeroU32", "NonZeroU64", "NonZeroU128", "NonZeroUsize"];
const NONZERO_SIGNED: [&str; 6] =
    ["NonZeroI8", "NonZeroI16", "NonZeroI32", "NonZeroI64", "NonZeroI128", "NonZeroIsize"];
/// Made with `new` of a value.
const CONTAINERS: [&str; 6] = ["Box", "Cell", "RefCell", "Arc", "Rc", "Mutex"];
/// Empty, or made from an iterator of values.
const COLLECTIONS: [&str; 5] = ["BinaryHeap", "BTreeSet", "HashSet", "LinkedList", "VecDeque"];
/// The same, of pairs.
const MAPS: [&str; 2] = ["BTreeMap", "HashMap"];

/// The values for a return type, in the order in which their mutants are listed.
pub(super) fn for_return(output: &ReturnType, errors: &[Expr]) -> Vec<TokenStream> {
    match output {
        ReturnType::Default => vec![quote! { () }],
        ReturnType::Type(_, ty) => of(ty, errors),
    }
}

fn of(ty: &Type, errors: &[Expr]) -> Vec<TokenStream> {
    let leaked = |of: &Type| each(of, errors, |value| quote! { Box::leak(Box::new(#value)) });
    match ty {
        Type::Path(path) => of_path(&path.path, errors),
        Type::Array(array) => {
            let length = &array.len;
            each(&array.elem, errors, |value| quote! { [#value; #length] })
        }
        Type::Slice(slice) => of_slice(&slice.elem, errors),
        Type::Reference(reference) => match &*reference.elem {
            Type::Slice(slice) => of_slice(&slice.elem, errors),
            Type::Path(path) if path.path.is_ident("str") && reference.mutability.is_none() => {
                strings()
            }
            referent => leaked(referent),
        },
        Type::Tuple(tuple) => {
            let parts: Vec<_> = tuple.elems.iter().map(|part| of(part, errors)).collect();
            products(&parts).into_iter().map(|values| quote! { ( #(#values),* ) }).collect()
        }
        Type::ImplTrait(bounds) => match bounds.bounds.iter().find_map(iterator_item) {
            Some(item) => with_first(
                quote! { ::std::iter::empty() },
                each(item, errors, |value| quote! { ::std::iter::once(#value) }),
            ),
            None => Vec::new(),
        },
        Type::Never(_) => Vec::new(),
        _ => vec![quote! { Default::default() }],
    }
}

/// Names of types: what is known by its whole path goes first, then what is known by the last segment.
fn of_path(path: &Path, errors: &[Expr]) -> Vec<TokenStream> {
    let is = |names: &[&str]| names.iter().any(|name| path.is_ident(name));
    if is(&["bool"]) {
        return vec![quote! { true }, quote! { false }];
    }
    if is(&["String"]) {
        return vec![quote! { String::new() }, quote! { "xyzzy".into() }];
    }
    if is(&["str"]) {
        return strings();
    }
    if is(&UNSIGNED) {
        return vec![quote! { 0 }, quote! { 1 }];
    }
    if is(&SIGNED) {
        return vec![quote! { 0 }, quote! { 1 }, quote! { -1 }];
    }
    if is(&FLOATS) {
        return vec![quote! { 0.0 }, quote! { 1.0 }, quote! { -1.0 }];
    }
    match path.segments.last() {
        Some(last) => of_segment(last, errors),
        None => vec![quote! { Default::default() }],
    }
}

fn of_segment(last: &PathSegment, errors: &[Expr]) -> Vec<TokenStream> {
    let name = &last.ident;
    let is = |names: &[&str]| names.iter().any(|known| name == known);
    let first = first_type(last);
    let nonzero = |signed: bool| {
        let mut values = vec![quote! { 1.try_into().unwrap() }];
        values.extend(signed.then_some(quote! { (-1).try_into().unwrap() }));
        values
    };
    if is(&NONZERO_SIGNED) {
        return nonzero(true);
    }
    if is(&NONZERO_UNSIGNED) {
        return nonzero(false);
    }
    if is(&["Result"]) {
        let mut values = match first {
            Some(ok) => each(ok, errors, |value| quote! { Ok(#value) }),
            None => vec![quote! { Ok(Default::default()) }],
        };
        values.extend(errors.iter().map(|error| quote! { Err(#error) }));
        return values;
    }
    if is(&["HttpResponse"]) {
        return vec![quote! { HttpResponse::Ok().finish() }];
    }
    match first {
        Some(inner) if is(&["NonZero"]) => nonzero(!is_unsigned(inner)),
        Some(inner) if is(&["Option"]) => {
            with_first(quote! { None }, each(inner, errors, |value| quote! { Some(#value) }))
        }
        Some(inner) if is(&["Vec"]) => {
            with_first(quote! { vec![] }, each(inner, errors, |value| quote! { vec![#value] }))
        }
        Some(inner) if is(&["Cow"]) => of(inner, errors)
            .iter()
            .flat_map(|value| {
                [quote! { Cow::Borrowed(#value) }, quote! { Cow::Owned(#value.to_owned()) }]
            })
            .collect(),
        _ => of_generic(last, errors),
    }
}

/// Types with arguments that have no rule by name, or one that counts the arguments.
fn of_generic(last: &PathSegment, errors: &[Expr]) -> Vec<TokenStream> {
    let name = &last.ident;
    let is = |names: &[&str]| names.iter().any(|known| name == known);
    let arguments = arguments(last);
    match arguments.as_slice() {
        [GenericArgument::Type(inner)] if is(&CONTAINERS) => {
            return each(inner, errors, |value| quote! { #name::new(#value) });
        }
        [GenericArgument::Type(inner)] if is(&COLLECTIONS) => {
            let one = each(inner, errors, |value| quote! { #name::from_iter([#value]) });
            return with_first(quote! { #name::new() }, one);
        }
        [GenericArgument::Type(key), GenericArgument::Type(value)] if is(&MAPS) => {
            let pairs = products(&[of(key, errors), of(value, errors)]);
            let one =
                pairs.iter().map(|pair| quote! { #name::from_iter([(#(#pair),*)]) }).collect();
            return with_first(quote! { #name::new() }, one);
        }
        _ => {}
    }
    let types: Vec<_> = arguments.iter().filter_map(|argument| as_type(argument)).collect();
    match types.as_slice() {
        [inner] => with_first(quote! { #name::new() }, made_somehow(name, inner, errors)),
        _ => vec![quote! { Default::default() }],
    }
}

/// What looks like a container of one type, made in each way that is usual for containers.
fn made_somehow(name: &Ident, inner: &Type, errors: &[Expr]) -> Vec<TokenStream> {
    let ways = |value: &TokenStream| {
        [
            quote! { #name::from_iter([#value]) },
            quote! { #name::new(#value) },
            quote! { #name::from(#value) },
        ]
    };
    of(inner, errors).iter().flat_map(ways).collect()
}

fn of_slice(element: &Type, errors: &[Expr]) -> Vec<TokenStream> {
    let one = each(element, errors, |value| quote! { Vec::leak(vec![#value]) });
    with_first(quote! { Vec::leak(Vec::new()) }, one)
}

fn strings() -> Vec<TokenStream> {
    vec![quote! { "" }, quote! { "xyzzy" }]
}

/// The values of a type, each inside of something.
fn each(
    ty: &Type,
    errors: &[Expr],
    wrap: impl Fn(&TokenStream) -> TokenStream,
) -> Vec<TokenStream> {
    of(ty, errors).iter().map(wrap).collect()
}

fn with_first(first: TokenStream, mut others: Vec<TokenStream>) -> Vec<TokenStream> {
    others.insert(0, first);
    others
}

/// Every choice of one value from each list; the last list changes fastest.
fn products(lists: &[Vec<TokenStream>]) -> Vec<Vec<TokenStream>> {
    lists.iter().fold(vec![Vec::new()], |chosen, list| {
        chosen
            .iter()
            .flat_map(|before| {
                list.iter()
                    .map(move |value| [before.as_slice(), std::slice::from_ref(value)].concat())
            })
            .collect()
    })
}

fn arguments(segment: &PathSegment) -> Vec<&GenericArgument> {
    match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().collect(),
        _ => Vec::new(),
    }
}

fn as_type(argument: &GenericArgument) -> Option<&Type> {
    match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

/// The first argument, if it is a type; lifetimes do not count.
fn first_type(segment: &PathSegment) -> Option<&Type> {
    arguments(segment)
        .into_iter()
        .find(|argument| !matches!(argument, GenericArgument::Lifetime(_)))
        .and_then(as_type)
}

fn is_unsigned(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if UNSIGNED.iter().any(|name| path.path.is_ident(name)))
}

/// `T` of a bound `Iterator<Item = T>`.
fn iterator_item(bound: &TypeParamBound) -> Option<&Type> {
    let TypeParamBound::Trait(bound) = bound else { return None };
    let last = bound.path.segments.last().filter(|last| last.ident == "Iterator")?;
    match arguments(last).first()? {
        GenericArgument::AssocType(item) if item.ident == "Item" => Some(&item.ty),
        _ => None,
    }
}
