//! The text that is put below each file's own: the shims that force functions to exist and export them.
//!
//! It stands below, so that lines and columns of the user's text stay true, and in a module inside
//! of the file's own, so that it sees private items. **One thing stands in each line**: when rustc
//! rejects a line, its number tells what to leave out, and the rest goes on.
//!
//! The region also holds `keep`, a generic function that nobody calls. It mentions the functions that
//! nothing outside the crate could reach. rustc must then export them, and that is what makes them
//! replaceable: LLVM changes the calling convention of a function when it can see every caller.

use std::collections::HashMap;
use std::fmt::Write;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{GenericParam, ImplItem, Item};

use crate::describe;
use crate::interface::StateShims;
use crate::states::{FoundFunction, FoundState, Survey};
use crate::symbol::{FUNCTION, PREFIX};
use crate::tree::{File, Tree};

/// What a line of a region is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    /// The shim of a function, by index in the survey.
    Function(usize),
    /// The shims of a state, by index in the survey.
    State(usize),
    /// The shim of a data type, by index in the survey.
    Data(usize),
    /// The shim of a `migrate`, by index in the survey.
    Migration(usize),
    /// The demand that a state be `Send`.
    Send(usize),
    /// Keeps a private function exported: file, and number in the file.
    Keep(usize, usize),
    /// Copies the imports of a module inside of a file: file, and number in the file.
    Import(usize, usize),
}

/// Lints are named one by one because `warnings` does not lift what the user denies by name.
const LINTS: &str = "#[allow(warnings, unsafe_code, missing_docs, unused, nonstandard_style, \
     unreachable_pub, deprecated, private_interfaces, improper_ctypes_definitions, \
     unsafe_op_in_unsafe_fn, elided_lifetimes_in_paths, single_use_lifetimes, \
     let_underscore_drop, unused_qualifications)] #[doc(hidden)]";

/// What the region's module begins with.
const OPEN: &str = "pub mod __segue { use super::*;";

/// What rustc did not accept, and why.
pub(crate) type Exclusions = HashMap<Origin, String>;

/// The text put below one file.
#[derive(Debug, Default)]
pub(crate) struct Region {
    pub text: String,
    /// What each line is for.
    pub lines: Vec<Option<Origin>>,
}

impl Region {
    pub(crate) fn line(&mut self, origin: Option<Origin>, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
        // A literal may contain line breaks; each line of it is for the same thing.
        self.lines.extend(std::iter::repeat_n(origin, text.matches('\n').count() + 1));
    }

    /// The region as a file of its own with this name, and the line that takes its place.
    #[cfg(feature = "jit")]
    pub(crate) fn apart(mut self, name: &str) -> (String, Region) {
        let inside = self.text.split_once(OPEN).and_then(|(_, rest)| rest.strip_suffix("}\n"));
        self.text = format!("use super::*;{}", inside.unwrap_or_default());
        self.lines.pop();
        (format!("{LINTS} #[path = {name:?}] pub mod __segue;"), self)
    }
}

/// The symbols of the shims of the state `name`.
pub(crate) fn state_symbols(name: &str) -> StateShims {
    StateShims {
        layout: format!("{PREFIX}layout_{name}"),
        default: format!("{PREFIX}default_{name}"),
        drop: format!("{PREFIX}drop_{name}"),
    }
}

/// The region of the file with this index. What stands in `excluded` is left out.
pub(crate) fn region(
    tree: &Tree,
    survey: &Survey<'_>,
    excluded: &Exclusions,
    index: usize,
) -> Region {
    let mut region = shims(tree, survey, excluded, index);
    region.line(None, "pub fn __segue_keep<T>() {");
    for line in keep(tree, excluded, index) {
        region.line(Some(line.origin), &line.text);
    }
    region.line(None, "}");
    region.line(None, "}");
    region
}

/// The region of a file that has shims alone: where nothing else is exported, all that they do not call is free
/// to go.
pub(crate) fn roots_region(
    tree: &Tree,
    survey: &Survey<'_>,
    excluded: &Exclusions,
    index: usize,
) -> Region {
    let mut region = shims(tree, survey, excluded, index);
    region.line(None, "}");
    region
}

/// The beginning of a region: the shims, in a module that is not closed yet.
fn shims(tree: &Tree, survey: &Survey<'_>, excluded: &Exclusions, index: usize) -> Region {
    let mut region = Region::default();
    region.line(None, &format!("{LINTS} {OPEN}"));
    if !survey.data.is_empty() {
        if index == 0 {
            region.line(None, &describe::common());
        }
        region.line(None, &describe::import(index));
    }
    let mut imports = 0;
    for scope in scopes(survey, index) {
        open_scope(&mut region, &tree.files[index], &scope, excluded, index, &mut imports);
        let up = "super::".repeat(1 + usize::from(!scope.is_empty()));
        let mut written = |origin: Origin, text: String| {
            if !excluded.contains_key(&origin) {
                region.line(Some(origin), &text);
            }
        };
        for (number, function) in survey.functions.iter().enumerate() {
            if function.file == index && function.inline == scope && function.refusal.is_none() {
                written(Origin::Function(number), function_shim(number, function, &up));
            }
        }
        for (number, state) in survey.states.iter().enumerate() {
            let exported = !excluded.contains_key(&Origin::State(number));
            if state.file == index && state.inline == scope && state.refusal.is_none() && exported {
                written(Origin::Send(number), send(state));
                written(Origin::State(number), state_shims(number, state));
            }
        }
        for (origin, text) in describe::migrations(survey, index, &scope, &up) {
            written(origin, text);
        }
        for (number, data) in survey.data.iter().enumerate() {
            if data.defined.file == index && scope.is_empty() && data.refusal.is_none() {
                written(Origin::Data(number), describe::data_shim(number, data));
            }
        }
        if !scope.is_empty() {
            region.line(None, "}");
        }
    }
    region
}

/// The region of a file that has these lines alone, without shims.
pub(crate) fn unit_region<'a>(lines: impl Iterator<Item = &'a KeepLine>) -> Region {
    let mut region = Region::default();
    region.line(None, &format!("{LINTS} {OPEN}"));
    region.line(None, "pub fn __segue_keep<T>() {");
    for line in lines {
        region.line(Some(line.origin), &line.text);
    }
    region.line(None, "}");
    region.line(None, "}");
    region
}

/// A line that keeps something exported.
#[derive(Clone, Debug)]
pub(crate) struct KeepLine {
    origin: Origin,
    text: String,
    /// Where in the text the function begins, if it is one.
    pub function: Option<usize>,
}

/// The modules inside of the file that hold something to export; the file itself comes first.
fn scopes(survey: &Survey<'_>, index: usize) -> Vec<Vec<String>> {
    let mut scopes = vec![Vec::new()];
    for function in survey.functions.iter().filter(|function| function.file == index) {
        if !scopes.contains(&function.inline) {
            scopes.push(function.inline.clone());
        }
    }
    scopes
}

/// A module in which the types of the module `scope` of the file have the names they have there.
fn open_scope(
    region: &mut Region,
    file: &File,
    scope: &[String],
    excluded: &Exclusions,
    index: usize,
    imports: &mut usize,
) {
    if scope.is_empty() {
        return;
    }
    let name = format!("__segue_{}", scope.join("_").replace("r#", ""));
    region.line(None, &format!("pub mod {name} {{"));
    // A module that is private to another one cannot be reached from here; nor can what it holds.
    let mut import = |region: &mut Region, text: &str| {
        let origin = Origin::Import(index, *imports);
        *imports += 1;
        if !excluded.contains_key(&origin) {
            region.line(Some(origin), text);
        }
    };
    import(region, &format!("use super::super::{}::*;", scope.join("::")));
    let mut items = file.items();
    for name in scope {
        let inner = items.iter().find_map(|item| match item {
            Item::Mod(module) if module.ident == name.as_str() => crate::tree::inline_items(module),
            _ => None,
        });
        items = inner.unwrap_or_default();
    }
    for item in items {
        if let Item::Use(item) = item {
            let tree = &item.tree;
            import(region, &quote!(use #tree;).to_string());
        }
    }
}

fn function_shim(number: usize, function: &FoundFunction<'_>, up: &str) -> String {
    let signature = &function.item.sig;
    let types = signature.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Typed(typed) => Some(&typed.ty),
        syn::FnArg::Receiver(_) => None,
    });
    let mut parameters = String::new();
    let mut arguments = String::new();
    for (index, ty) in types.enumerate() {
        // Writing to a String cannot fail.
        let _ = write!(parameters, "a{index}: {}, ", ty.to_token_stream());
        let _ = write!(arguments, "a{index}, ");
    }
    let generics = signature.generics.params.to_token_stream();
    let generics = if generics.is_empty() { String::new() } else { format!("<{generics}>") };
    let output = signature.output.to_token_stream();
    let clause = signature.generics.where_clause.to_token_stream();
    let module: String = function.inline.iter().map(|name| format!("{name}::")).collect();
    format!(
        "#[unsafe(export_name = \"{FUNCTION}{path}\")] pub unsafe extern \"C-unwind\" fn __segue_f{number}{generics}({parameters}) {output} {clause} {{ unsafe {{ {up}{module}{name}({arguments}) }} }}",
        path = function.path,
        name = signature.ident,
    )
}

fn send(state: &FoundState<'_>) -> String {
    format!(
        "const _: () = {{ const fn send<T: ::core::marker::Send>() {{}} send::<{}>() }};",
        state.ty
    )
}

fn state_shims(number: usize, state: &FoundState<'_>) -> String {
    let ty = &state.ty;
    let StateShims { layout, default, drop } = state_symbols(&state.name);
    format!(
        "#[unsafe(export_name = \"{layout}\")] pub unsafe extern \"C-unwind\" fn __segue_l{number}(mut out: *mut usize) {{ use crate::__segue::__segue_types::{{Ty, put, Number as _, NoNumber as _}}; let t = Ty::<{ty}>::of(); unsafe {{ put(&mut out, [t.size(), t.align(), (&t).__segue_number()]) }} }} \
         #[unsafe(export_name = \"{default}\")] pub unsafe extern \"C-unwind\" fn __segue_n{number}(at: *mut {ty}) {{ unsafe {{ at.write(<{ty} as ::core::default::Default>::default()) }} }} \
         #[unsafe(export_name = \"{drop}\")] pub unsafe extern \"C-unwind\" fn __segue_d{number}(at: *mut {ty}) {{ unsafe {{ ::core::ptr::drop_in_place(at) }} }}"
    )
}

/// Mentions everything of the file that has a name and is not generic.
pub(crate) fn keep(tree: &Tree, excluded: &Exclusions, index: usize) -> Vec<KeepLine> {
    let mut lines = Vec::new();
    let mut number = 0;
    let mut written = |text: String, signature: Option<&syn::Signature>| {
        let origin = Origin::Keep(index, number);
        number += 1;
        if !excluded.contains_key(&origin) {
            let function = signature.map(|it| it.fn_token.span.byte_range().start);
            lines.push(KeepLine { origin, text, function });
        }
    };
    let file = &tree.files[index];
    for item in file.items() {
        match item {
            Item::Fn(item) if is_concrete(&item.sig) => {
                written(format!("let _ = super::{};", item.sig.ident), Some(&item.sig));
            }
            Item::Static(item) => {
                written(format!("let _ = &raw const super::{};", item.ident), None);
            }
            Item::Impl(block)
                if block.generics.params.iter().all(is_lifetime) && !is_drop(block) =>
            {
                let of = block.trait_.as_ref().map(|(path, _)| quote!(as #path));
                let ty = &block.self_ty;
                let owner = without_lifetimes(quote!(#ty #of));
                for member in &block.items {
                    if let ImplItem::Fn(method) = member
                        && is_concrete(&method.sig)
                    {
                        let text = format!("let _ = <{owner}>::{};", method.sig.ident);
                        written(text, Some(&method.sig));
                    }
                }
            }
            _ => {}
        }
    }
    for child in &file.children {
        let path = child.join("::");
        written(format!("super::{path}::__segue::__segue_keep::<T>();"), None);
    }
    lines
}

/// Whether a function is one function and not a family of them.
pub(crate) fn is_concrete(signature: &syn::Signature) -> bool {
    struct Find(bool);
    impl<'ast> syn::visit::Visit<'ast> for Find {
        fn visit_type_impl_trait(&mut self, _: &'ast syn::TypeImplTrait) {
            self.0 = true;
        }
    }
    let mut find = Find(false);
    syn::visit::Visit::visit_signature(&mut find, signature);
    !find.0 && signature.generics.params.iter().all(is_lifetime)
}

/// `Drop::drop` must not be mentioned, and is exported anyway.
fn is_drop(block: &syn::ItemImpl) -> bool {
    let last = block.trait_.as_ref().and_then(|(path, _)| path.segments.last());
    last.is_some_and(|last| last.ident == "Drop")
}

pub(crate) fn is_lifetime(parameter: &GenericParam) -> bool {
    matches!(parameter, GenericParam::Lifetime(_))
}

/// `tokens` with every lifetime left to inference.
fn without_lifetimes(tokens: TokenStream) -> TokenStream {
    let mut after_quote = false;
    tokens
        .into_iter()
        .map(|token| {
            let is_name = std::mem::take(&mut after_quote);
            match token {
                TokenTree::Ident(ident) if is_name && ident != "static" => {
                    TokenTree::Ident(proc_macro2::Ident::new("_", ident.span()))
                }
                TokenTree::Punct(punct) => {
                    after_quote = punct.as_char() == '\'';
                    TokenTree::Punct(punct)
                }
                TokenTree::Group(group) => TokenTree::Group(proc_macro2::Group::new(
                    group.delimiter(),
                    without_lifetimes(group.stream()),
                )),
                other => other,
            }
        })
        .collect()
}
