//! Where a file's functions are, and what each of them allows: a slot, a selector, or neither.

use std::ops::Range;

use super::switch::{Root, Roots};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// A function with a body, as the text has it. All ranges are bytes of the file.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    /// From the first attribute or the visibility to the closing brace.
    pub(crate) whole: Range<usize>,
    /// The body with its braces.
    pub(crate) body: Range<usize>,
    /// Behind the opening brace and the body's inner attributes.
    pub(crate) statements: usize,
    /// Behind the function's name: its generics, parameters, result and bounds, up to the body.
    pub(crate) tail: Range<usize>,
    /// The word `const`.
    pub(crate) constness: Option<Range<usize>>,
    /// `unsafe` and `extern "C"`, as they stand before `fn`.
    pub(crate) qualifiers: String,
    /// Its name.
    pub(crate) name: String,
    /// The parameters, in order.
    pub(crate) parameters: Vec<Parameter>,
    /// The `#[cfg]` attributes, one line.
    pub(crate) conditions: String,
    /// Where it stands.
    pub(crate) place: Place,
    /// Why it cannot be called through a pointer; `None` when it can.
    pub(crate) needs_selector: Option<&'static str>,
    /// Its types and constants, when it may be called with these and its parameters' names: it is generic, `async` or its result
    /// is an `impl Iterator`, and nothing else is in the way.
    pub(crate) generics: Option<Vec<String>>,
    /// Whether it is `async`.
    pub(crate) is_async: bool,
    /// Whether there can be one of its body only: its result is `impl Trait`, whose one hidden type all mutants have
    /// to share, or it declares an `impl`, which must not be declared twice.
    pub(crate) is_single: bool,
    /// Whether its result is `impl Trait`.
    pub(crate) has_opaque_result: bool,
    /// Whether its result is `impl Iterator`, with nothing besides that an iterator which is one of two would not have.
    pub(crate) is_iterator: bool,
    /// The expressions of its body that a switch can stand for.
    pub(crate) roots: Vec<Root>,
}

/// A parameter of a function.
#[derive(Debug, Clone)]
pub(crate) enum Parameter {
    /// `self`, in any form.
    Receiver,
    /// A name.
    Name(String),
    /// Any other pattern, by its range.
    Pattern(Range<usize>),
}

/// Where a function stands.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// In a module or in a block.
    Free,
    /// In an `impl` of a type.
    Inherent {
        /// The type; its lifetimes are `'static`.
        self_type: String,
        /// Behind the closing brace of the `impl`.
        end: usize,
        /// The `#[cfg]` attributes of the `impl`, one line.
        conditions: String,
    },
    /// In a trait or in an `impl` of a trait.
    Trait,
}

/// A file's functions, in the order of their bodies.
///
/// # Errors
///
/// When the text is not Rust.
pub(crate) fn sites(text: &str) -> Result<Vec<Site>, syn::Error> {
    let start = prefix(text);
    let rest = text.get(start..).unwrap_or_default();
    let file = syn::parse_file(rest)?;
    let mut finder = Finder { text: rest, sites: Vec::new(), place: vec![Context::Free] };
    finder.visit_file(&file);
    let mut sites = finder.sites;
    if start > 0 {
        for site in &mut sites {
            site.shift(start);
        }
    }
    sites.sort_by_key(|site| site.body.start);
    Ok(sites)
}

/// How many bytes the parser does not count: the byte order mark and the line of an interpreter.
pub(super) fn prefix(text: &str) -> usize {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let rest = &text[mark..];
    let is_interpreter = rest.starts_with("#!") && !rest[2..].trim_start().starts_with('[');
    mark + if is_interpreter { rest.find('\n').unwrap_or(rest.len()) } else { 0 }
}

impl Site {
    fn shift(&mut self, by: usize) {
        let moved = |range: &mut Range<usize>| *range = range.start + by..range.end + by;
        for range in
            [&mut self.whole, &mut self.body, &mut self.tail].into_iter().chain(&mut self.constness)
        {
            moved(range);
        }
        self.statements += by;
        for root in &mut self.roots {
            moved(&mut root.range);
        }
        for parameter in &mut self.parameters {
            if let Parameter::Pattern(range) = parameter {
                moved(range);
            }
        }
        if let Place::Inherent { end, .. } = &mut self.place {
            *end += by;
        }
    }
}

/// The `#[cfg]` attributes among these, in one line.
pub(super) fn conditions(text: &str, attributes: &[syn::Attribute]) -> String {
    let conditions: Vec<_> = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("cfg"))
        .filter_map(|attribute| text.get(attribute.span().byte_range()))
        .filter_map(|written| super::one_line(written).ok())
        .collect();
    conditions.join(" ")
}

/// What is around the function that is visited.
enum Context {
    Free,
    Inherent {
        self_type: String,
        end: usize,
        conditions: String,
        needs_selector: Option<&'static str>,
        attributes_matter: bool,
    },
    Trait,
}

struct Finder<'t> {
    text: &'t str,
    sites: Vec<Site>,
    place: Vec<Context>,
}

impl Finder<'_> {
    fn written(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    fn add(
        &mut self,
        attributes: &[syn::Attribute],
        start: usize,
        signature: &syn::Signature,
        block: &syn::Block,
    ) {
        let body = block.brace_token.span.join().byte_range();
        let inner = attributes
            .iter()
            .filter(|attribute| matches!(attribute.style, syn::AttrStyle::Inner(_)));
        let statements = inner.map(|attribute| attribute.span().byte_range().end).max();
        let (place, of_place) = match self.place.last() {
            Some(Context::Trait) => (Place::Trait, Some("a method of a trait")),
            Some(Context::Inherent { self_type, end, conditions, needs_selector, .. }) => {
                let place = Place::Inherent {
                    self_type: self_type.clone(),
                    end: *end,
                    conditions: conditions.clone(),
                };
                (place, *needs_selector)
            }
            Some(Context::Free) | None => (Place::Free, None),
        };
        let mut qualifiers = String::new();
        if let syn::Safety::Unsafe(_) = signature.safety {
            qualifiers.push_str("unsafe ");
        }
        if let Some(abi) = &signature.abi {
            qualifiers.push_str(self.written(abi.span().byte_range()));
            qualifiers.push(' ');
        }
        let mut opaque = Opaque(false);
        opaque.visit_return_type(&signature.output);
        let declares_impl = declares_impl(block);
        let is_single = opaque.0 || declares_impl;
        let is_iterator =
            !declares_impl && signature.asyncness.is_none() && is_iterator(&signature.output);
        self.sites.push(Site {
            whole: start..body.end,
            statements: statements.unwrap_or(body.start + 1),
            tail: signature.ident.span().byte_range().end..body.start,
            constness: signature.constness.as_ref().map(|word| word.span().byte_range()),
            qualifiers,
            name: signature.ident.to_string(),
            parameters: signature.inputs.iter().map(parameter).collect(),
            conditions: conditions(self.text, attributes),
            place,
            needs_selector: of_place
                .or_else(|| needs_selector(attributes, signature, opaque.0))
                .or_else(|| is_single.then_some("it declares an `impl`")),
            generics: self.generics(attributes, signature).filter(|_| !is_single || is_iterator),
            is_async: signature.asyncness.is_some(),
            is_single,
            has_opaque_result: opaque.0,
            is_iterator,
            roots: if is_single { Roots::of(block) } else { Vec::new() },
            body,
        });
    }

    /// The generic parameters that a call of a sibling names.
    fn generics(
        &self,
        attributes: &[syn::Attribute],
        signature: &syn::Signature,
    ) -> Option<Vec<String>> {
        let is_plain = match self.place.last() {
            Some(Context::Trait) => false,
            Some(Context::Inherent { attributes_matter, .. }) => !attributes_matter,
            Some(Context::Free) | None => true,
        };
        let mut in_parameters = Opaque(false);
        for argument in &signature.inputs {
            in_parameters.visit_fn_arg(argument);
        }
        let has_names = signature
            .inputs
            .iter()
            .all(|argument| !matches!(parameter(argument), Parameter::Pattern(_)));
        let is_usual = needs_selector(attributes, signature, false)
            .is_none_or(|reason| ["generic", "async"].contains(&reason));
        let is_callable =
            attributes_need_selector(attributes).is_none() && signature.variadic.is_none();
        (is_plain && !in_parameters.0 && has_names && is_usual && is_callable).then(|| {
            let name = |param: &syn::GenericParam| match param {
                syn::GenericParam::Type(of) => Some(of.ident.to_string()),
                syn::GenericParam::Const(of) => Some(of.ident.to_string()),
                _ => None,
            };
            signature.generics.params.iter().filter_map(name).collect()
        })
    }

    fn inside(&mut self, context: Context, visit: impl FnOnce(&mut Self)) {
        self.place.push(context);
        visit(self);
        self.place.pop();
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        let start = function.span().byte_range().start;
        self.inside(Context::Free, |finder| {
            finder.add(&function.attrs, start, &function.sig, &function.block);
            visit::visit_item_fn(finder, function);
        });
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.inside(Context::Free, |finder| visit::visit_item_mod(finder, module));
    }

    fn visit_item_impl(&mut self, block: &'ast syn::ItemImpl) {
        let context = if block.trait_.is_some() {
            Context::Trait
        } else {
            let has_types = block
                .generics
                .params
                .iter()
                .any(|param| !matches!(param, syn::GenericParam::Lifetime(_)));
            let generic = has_types.then_some("a method of a generic type");
            let written = self.written(block.self_ty.span().byte_range());
            Context::Inherent {
                self_type: with_static_lifetimes(written),
                end: block.brace_token.span.close().byte_range().end,
                conditions: conditions(self.text, &block.attrs),
                attributes_matter: attributes_need_selector(&block.attrs).is_some(),
                needs_selector: generic.or_else(|| attributes_need_selector(&block.attrs)),
            }
        };
        self.inside(context, |finder| visit::visit_item_impl(finder, block));
    }

    fn visit_item_trait(&mut self, block: &'ast syn::ItemTrait) {
        self.inside(Context::Trait, |finder| visit::visit_item_trait(finder, block));
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        let start = function.span().byte_range().start;
        self.add(&function.attrs, start, &function.sig, &function.block);
        self.inside(Context::Free, |finder| visit::visit_impl_item_fn(finder, function));
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            let start = function.span().byte_range().start;
            self.add(&function.attrs, start, &function.sig, block);
        }
        self.inside(Context::Free, |finder| visit::visit_trait_item_fn(finder, function));
    }
}

/// Whether a result is `impl Iterator` and no more than what two iterators have in common when both have it.
fn is_iterator(output: &syn::ReturnType) -> bool {
    const SHARED: [&str; 8] = [
        "Clone",
        "DoubleEndedIterator",
        "ExactSizeIterator",
        "FusedIterator",
        "Iterator",
        "Send",
        "Sync",
        "Unpin",
    ];
    let syn::ReturnType::Type(_, ty) = output else { return false };
    let syn::Type::ImplTrait(of) = &**ty else { return false };
    of.bounds.iter().all(|bound| match bound {
        syn::TypeParamBound::Trait(bound) => {
            let last = bound.path.segments.last();
            last.is_some_and(|last| SHARED.iter().any(|known| last.ident == known))
        }
        syn::TypeParamBound::Lifetime(_) => true,
        // What is captured is the same, but says so by the names of this function's own parameters.
        _ => false,
    })
}

fn declares_impl(block: &syn::Block) -> bool {
    let mut finder = Impls(false);
    finder.visit_block(block);
    finder.0
}

/// Whether there is an `impl` in it.
struct Impls(bool);

impl<'ast> Visit<'ast> for Impls {
    fn visit_item_impl(&mut self, _: &'ast syn::ItemImpl) {
        self.0 = true;
    }
}

/// Whether a type has an `impl Trait` in it.
struct Opaque(bool);

impl<'ast> Visit<'ast> for Opaque {
    fn visit_type_impl_trait(&mut self, _: &'ast syn::TypeImplTrait) {
        self.0 = true;
    }
}

fn parameter(argument: &syn::FnArg) -> Parameter {
    match argument {
        syn::FnArg::Receiver(_) => Parameter::Receiver,
        syn::FnArg::Typed(typed) => match &*typed.pat {
            syn::Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => {
                Parameter::Name(name.ident.to_string())
            }
            pattern => Parameter::Pattern(pattern.span().byte_range()),
        },
    }
}

/// Why a function cannot be called through a pointer of one type.
fn needs_selector(
    attributes: &[syn::Attribute],
    signature: &syn::Signature,
    opaque: bool,
) -> Option<&'static str> {
    let mut in_parameters = Opaque(false);
    for argument in &signature.inputs {
        in_parameters.visit_fn_arg(argument);
    }
    let is_never = matches!(&signature.output, syn::ReturnType::Type(_, result) if matches!(**result, syn::Type::Never(_)));
    let has_types = signature
        .generics
        .params
        .iter()
        .any(|param| !matches!(param, syn::GenericParam::Lifetime(_)));
    let has_attributes = signature.inputs.iter().any(|argument| match argument {
        syn::FnArg::Receiver(receiver) => !receiver.attrs.is_empty(),
        syn::FnArg::Typed(typed) => !typed.attrs.is_empty(),
    });
    let reasons = [
        (has_types || in_parameters.0, "generic"),
        (opaque, "its result is `impl Trait`"),
        (signature.asyncness.is_some(), "async"),
        (signature.variadic.is_some(), "variadic"),
        (is_never, "it never returns"),
        (has_attributes, "a parameter has attributes"),
    ];
    reasons
        .iter()
        .find(|(holds, _)| *holds)
        .map(|(_, reason)| *reason)
        .or_else(|| attributes_need_selector(attributes))
}

/// Attributes that mean the same on a function that only calls another one. Any other may be a macro, or say
/// something about the body.
const HARMLESS: [&str; 16] = [
    "allow",
    "cfg",
    "cold",
    "deny",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "export_name",
    "forbid",
    "inline",
    "must_use",
    "no_mangle",
    "rustfmt",
    "clippy",
    "warn",
];

pub(super) fn attributes_need_selector(attributes: &[syn::Attribute]) -> Option<&'static str> {
    let is_harmless = |attribute: &syn::Attribute| {
        let path = attribute.path();
        let is_known = path
            .segments
            .first()
            .is_some_and(|first| HARMLESS.iter().any(|known| first.ident == known));
        is_known || path.is_ident("cfg_attr") && conditional_is_harmless(attribute)
    };
    (!attributes.iter().all(is_harmless)).then_some("it has an attribute")
}

/// `#[cfg_attr(condition, attribute, ...)]`: each attribute by its first word.
fn conditional_is_harmless(attribute: &syn::Attribute) -> bool {
    let parser = syn::punctuated::Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated;
    let Ok(parts) = attribute.parse_args_with(parser) else { return false };
    parts.iter().skip(1).all(|meta| {
        let first = meta.path().segments.first();
        first.is_some_and(|first| {
            first.ident != "cfg" && HARMLESS.iter().any(|known| first.ident == known)
        })
    })
}

/// A type's text with `'static` for each of its lifetimes: the address of a method does not depend on them.
fn with_static_lifetimes(text: &str) -> String {
    let line = super::one_line(text).unwrap_or_else(|_| text.to_owned());
    let mut out = String::new();
    let mut rest = line.as_str();
    while let Some(at) = rest.find('\'') {
        out.push_str(&rest[..at]);
        out.push_str("'static");
        let after = &rest[at + 1..];
        let end = after
            .find(|character: char| !character.is_alphanumeric() && character != '_')
            .unwrap_or(after.len());
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
