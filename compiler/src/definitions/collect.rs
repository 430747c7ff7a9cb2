//! Walks over one file and records what it defines, in modules, impl blocks and function bodies.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::visit::{self, Visit};
use syn::{ImplItem, Item, TraitItem, UseTree};

use super::macros::defines_items;
use super::names::{expandable, identifiers};
use super::{Definition, Definitions, Initial, Kind, Names, Root, Static};
use crate::tokens::{canonical, plain};
use crate::tree::{File, Included, Origin};

/// Records everything that `file` defines.
pub(super) fn file(definitions: &mut Definitions, index: usize, file: &File) {
    let included = &file.included;
    let path = file.module.clone();
    // A support module is the same wherever the song puts it.
    let outside = usize::from(file.origin != Origin::User);
    let seen = HashMap::new();
    let mut collector =
        Collector { definitions, included, file: index, path, outside, depth: 0, seen };
    if !included.names.is_empty() {
        let text = included.source.clone();
        let id = collector.define("!".to_owned(), Kind::Macro, text.clone(), Names::default());
        for name in &included.names {
            collector.definitions.by_macro.entry(name.clone()).or_default().push(id);
        }
        collector.root(text, Names::default());
    }
    for item in file.items() {
        collector.visit_item(item);
    }
}

struct Collector<'a> {
    definitions: &'a mut Definitions,
    included: &'a Included,
    file: usize,
    /// Modules, types and functions around the current place.
    path: Vec<String>,
    /// How many segments of `path` are not the source's own.
    outside: usize,
    /// How often each path was defined: functions may have blocks with the same names in them.
    seen: HashMap<String, usize>,
    /// 0 for the items of the file itself.
    depth: usize,
}

impl Collector<'_> {
    fn define(&mut self, name: String, kind: Kind, mut text: String, names: Names) -> usize {
        if text.contains("include") {
            text.push_str(&self.included.fingerprint);
        }
        if self.depth == 0 && !matches!(kind, Kind::Import | Kind::ForeignImport) {
            self.definitions.scopes[self.file].local.insert(name.clone());
        }
        let file = self.file;
        let place = self.place(&name);
        self.definitions.add(name, Definition { file, kind, place, text, names })
    }

    /// Where `name` is being defined, as text that no other place has.
    fn place(&mut self, name: &str) -> String {
        let around = self.path[self.outside..].join("::");
        let count = self.seen.entry(self.path_of(name)).or_default();
        *count += 1;
        if *count == 1 { around } else { format!("{around} {count}") }
    }

    fn root(&mut self, text: String, names: Names) {
        self.definitions.roots.push(Root { file: self.file, text, names });
    }

    fn inside(&mut self, name: String, walk: impl FnOnce(&mut Self)) {
        self.path.push(name);
        self.depth += 1;
        walk(self);
        self.depth -= 1;
        self.path.pop();
    }

    fn path_of(&self, name: &str) -> String {
        self.path.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join("::")
    }

    /// A function's part in the file's ABI. `owner` is the header of the impl or trait around it.
    fn signature(
        &mut self,
        owner: &str,
        attributes: &[syn::Attribute],
        signature: &syn::Signature,
        whole: TokenStream,
    ) {
        let name = plain(&signature.ident);
        let place = self.place(&format!("fn {name}"));
        // `#[track_caller]` is a parameter, `#[target_feature]` decides how vectors are passed.
        let path = format!("{place}::{name} {}", canonical(quote!(#(#attributes)*)));
        let hidden = signature.asyncness.is_some() || has_impl(&signature.output);
        if hidden {
            // The type it returns depends on its body.
            let names = Names::of_tokens(whole.clone());
            self.root(format!("{path} {owner} {}", canonical(whole)), names);
        } else {
            let names = Names::of(|visitor| visitor.visit_signature(signature));
            self.root(format!("{path} {owner} {}", signature_text(signature)), names);
        }
    }

    fn imports(&mut self, tree: &UseTree, prefix: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(plain(&path.ident));
                self.imports(&path.tree, prefix);
                prefix.pop();
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.imports(tree, prefix);
                }
            }
            UseTree::Name(name) => self.import(prefix, &plain(&name.ident), None),
            UseTree::Rename(rename) => {
                self.import(prefix, &plain(&rename.ident), Some(plain(&rename.rename)));
            }
            UseTree::Glob(_) => {
                let text = format!("use {}::*", prefix.join("::"));
                let harmless =
                    ["std::f32::consts", "std::f64::consts"].contains(&&text[4..text.len() - 3]);
                let kind = if is_foreign(prefix) { Kind::ForeignGlob } else { Kind::Glob };
                if !harmless {
                    let (file, place, names) = (self.file, self.place(&text), Names::default());
                    let definition = Definition { file, kind, place, text, names };
                    let id = self.definitions.all.len();
                    self.definitions.all.push(definition);
                    self.definitions.scopes[self.file].globs.push(id);
                }
            }
        }
    }

    fn import(&mut self, prefix: &[String], name: &str, rename: Option<String>) {
        let mut names = Names::default();
        let name = match name {
            "self" => prefix.last().map_or("self", String::as_str),
            name => name,
        };
        let kind =
            if rename.is_some() || is_foreign(prefix) { Kind::ForeignImport } else { Kind::Import };
        let text = format!("use {}::{name} as {rename:?}", prefix.join("::"));
        if rename.is_some() {
            names.add_type(name);
        }
        self.define(rename.unwrap_or_else(|| name.to_owned()), kind, text, names);
    }

    fn macro_call(&mut self, call: &syn::Macro, own_name: Option<String>) {
        let text = canonical(call);
        let mut inside = BTreeSet::new();
        expandable(call.tokens.clone(), &mut inside);
        let names = Names::of(|visitor| visitor.visit_macro(call));
        let is_definition = own_name.is_some();
        let id = self.define(
            own_name.unwrap_or_else(|| "!".to_owned()),
            Kind::Macro,
            text.clone(),
            names.clone(),
        );
        for name in inside {
            self.definitions.by_macro.entry(name).or_default().push(id);
        }
        if !is_definition {
            self.root(text, names);
        }
    }
}

/// Names, types and initial values of what one `thread_local!` declares.
struct ThreadLocals(Vec<(String, syn::Type, syn::Expr)>);

impl Parse for ThreadLocals {
    fn parse(input: ParseStream<'_>) -> syn::Result<ThreadLocals> {
        let mut variables = Vec::new();
        while !input.is_empty() {
            input.call(syn::Attribute::parse_outer)?;
            input.parse::<syn::Visibility>()?;
            input.parse::<syn::Token![static]>()?;
            let name = plain(&input.parse::<syn::Ident>()?);
            input.parse::<syn::Token![:]>()?;
            let ty = input.parse()?;
            input.parse::<syn::Token![=]>()?;
            variables.push((name, ty, input.parse()?));
            if !input.is_empty() {
                input.parse::<syn::Token![;]>()?;
            }
        }
        Ok(ThreadLocals(variables))
    }
}

fn initial(value: &syn::Expr, is_thread_local: bool) -> Initial {
    let names = Names::of(|visitor| visitor.visit_expr(value));
    Initial { text: canonical(value), names, is_thread_local }
}

/// Whether a path of a `use` leads out of the source's own files.
fn is_foreign(prefix: &[String]) -> bool {
    matches!(prefix.first().map(String::as_str), Some("std" | "core" | "alloc"))
}

/// Parameter types, result and generics of `signature`; names of parameters are no part of an ABI.
pub(crate) fn signature_text(signature: &syn::Signature) -> String {
    let inputs = signature.inputs.iter().map(|input| match input {
        syn::FnArg::Receiver(receiver) => receiver.to_token_stream(),
        syn::FnArg::Typed(typed) => typed.ty.to_token_stream(),
    });
    let syn::Signature { abi, generics, output, variadic, .. } = signature;
    let variadic = variadic.as_ref().map(|_| quote!(...));
    let clause = &generics.where_clause;
    canonical(quote!(#abi fn #generics (#(#inputs),* #variadic) #output #clause))
}

/// Whether `impl Trait` stands somewhere in `output`.
pub(crate) fn has_impl(output: &syn::ReturnType) -> bool {
    struct Find(bool);
    impl<'ast> Visit<'ast> for Find {
        fn visit_type_impl_trait(&mut self, _: &'ast syn::TypeImplTrait) {
            self.0 = true;
        }
    }
    let mut find = Find(false);
    find.visit_return_type(output);
    find.0
}

impl<'ast> Visit<'ast> for Collector<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Struct(item) => {
                let names = Names::of(|visitor| visitor.visit_item_struct(item));
                self.define(plain(&item.ident), Kind::Data, canonical(item), names);
            }
            Item::Enum(item) => {
                let names = Names::of(|visitor| visitor.visit_item_enum(item));
                self.define(plain(&item.ident), Kind::Data, canonical(item), names);
            }
            Item::Union(item) => {
                let names = Names::of(|visitor| visitor.visit_item_union(item));
                self.define(plain(&item.ident), Kind::Data, canonical(item), names);
            }
            Item::Type(item) => {
                let names = Names::of(|visitor| visitor.visit_item_type(item));
                self.define(plain(&item.ident), Kind::Type, canonical(item), names);
            }
            Item::TraitAlias(item) => {
                let names = Names::of(|visitor| visitor.visit_item_trait_alias(item));
                self.define(plain(&item.ident), Kind::Type, canonical(item), names);
            }
            Item::Const(item) => {
                let names = Names::of(|visitor| visitor.visit_item_const(item));
                self.define(plain(&item.ident), Kind::Value, canonical(item), names);
                visit::visit_item_const(self, item);
            }
            Item::Static(item) => self.collect_static(item),
            Item::Fn(item) => {
                self.signature("", &item.attrs, &item.sig, item.to_token_stream());
                let name = plain(&item.sig.ident);
                let names = Names::of_tokens(item.to_token_stream());
                self.define(name.clone(), Kind::Function, canonical(item), names);
                self.inside(name, |this| this.visit_block(&item.block));
            }
            Item::Trait(item) => self.collect_trait(item),
            Item::Impl(item) => self.collect_impl(item),
            Item::Use(item) => {
                // Inside of a function it gives names another meaning than outside.
                self.definitions.scopes[self.file].has_modules |= self.depth > 0;
                self.imports(&item.tree, &mut Vec::new());
            }
            Item::Macro(item) => match self.thread_locals(&item.mac) {
                Some(variables) => self.collect_thread_locals(variables),
                None => self.macro_call(&item.mac, item.ident.as_ref().map(plain)),
            },
            Item::Mod(item) => {
                if let Some(items) = crate::tree::inline_items(item) {
                    self.definitions.scopes[self.file].has_modules = true;
                    self.inside(plain(&item.ident), |this| {
                        items.iter().for_each(|item| this.visit_item(item));
                    });
                }
            }
            other => visit::visit_item(self, other),
        }
    }

    /// A call inside of a function counts when it could define items.
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if let Some(variables) = self.thread_locals(call) {
            return self.collect_thread_locals(variables);
        }
        let mut inside = BTreeSet::new();
        identifiers(call.tokens.clone(), &mut inside);
        inside.extend(call.path.segments.last().map(|segment| plain(&segment.ident)));
        let is_own = inside.iter().any(|name| self.definitions.item_macros.contains(name));
        if is_own || defines_items(call.tokens.clone()) {
            self.macro_call(call, None);
        }
    }
}

impl Collector<'_> {
    fn collect_static(&mut self, item: &syn::ItemStatic) {
        let name = plain(&item.ident);
        let names = Names::of(|visitor| visitor.visit_type(&item.ty));
        let text = canonical(&item.ty);
        let path = self.path_of(&name);
        self.root(format!("static {path} {text}"), names.clone());
        let initial = initial(&item.expr, false);
        self.definitions.statics.push(Static { file: self.file, path, text, names, initial });
        let names = Names::of(|visitor| visitor.visit_item_static(item));
        self.define(name, Kind::Value, canonical(item), names);
        visit::visit_item_static(self, item);
    }

    /// The variables of a call of std's `thread_local!`.
    fn thread_locals(&self, call: &syn::Macro) -> Option<ThreadLocals> {
        let path: Vec<_> = call.path.segments.iter().map(|each| plain(&each.ident)).collect();
        let is_std = matches!(path.join("::").as_str(), "thread_local" | "std::thread_local");
        let is_own = self.definitions.by_name.get("thread_local").is_some_and(|named| {
            named.iter().any(|&id| self.definitions.all[id].kind == Kind::Macro)
        });
        if is_std && !is_own { call.parse_body().ok() } else { None }
    }

    fn collect_thread_locals(&mut self, variables: ThreadLocals) {
        for (name, ty, value) in variables.0 {
            let names = Names::of(|visitor| visitor.visit_type(&ty));
            let (path, text) = (self.path_of(&name), canonical(&ty));
            self.root(format!("thread_local {path} {text}"), names.clone());
            let initial = initial(&value, true);
            self.definitions.statics.push(Static { file: self.file, path, text, names, initial });
        }
    }

    fn collect_trait(&mut self, item: &syn::ItemTrait) {
        let name = plain(&item.ident);
        let mut declared = item.clone();
        let mut members = Vec::new();
        for member in &mut declared.items {
            match member {
                // With `impl Trait` in the result the default body decides the type, and stays.
                TraitItem::Fn(function)
                    if !has_impl(&function.sig.output) && function.sig.asyncness.is_none() =>
                {
                    function.default = None;
                }
                TraitItem::Type(member) => members.push(plain(&member.ident)),
                TraitItem::Const(member) => members.push(plain(&member.ident)),
                _ => {}
            }
        }
        let names = Names::of(|visitor| visitor.visit_item_trait(&declared));
        let text = canonical(&declared);
        for member in members {
            let (file, kind, place) = (self.file, Kind::Type, self.place(&member));
            let (text, names) = (text.clone(), names.clone());
            self.definitions.add(member, Definition { file, kind, place, text, names });
        }
        self.define(name.clone(), Kind::Type, text, names);
        self.inside(name, |this| {
            for member in &item.items {
                if let TraitItem::Fn(function) = member {
                    if let Some(body) = &function.default {
                        this.inside(plain(&function.sig.ident), |this| this.visit_block(body));
                    }
                } else {
                    visit::visit_trait_item(this, member);
                }
            }
        });
    }

    fn collect_impl(&mut self, item: &syn::ItemImpl) {
        let syn::ItemImpl { generics, self_ty, .. } = item;
        let clause = &generics.where_clause;
        let of = item.trait_.as_ref().map(|(path, _)| quote!(#path for));
        let owner = canonical(quote!(impl #generics #of #self_ty #clause));
        let owner_names = |walk: &dyn Fn(&mut super::names::Visitor)| {
            Names::of(|visitor| {
                visitor.visit_generics(generics);
                visitor.visit_type(self_ty);
                if let Some((path, _)) = &item.trait_ {
                    visitor.visit_path(path);
                }
                walk(visitor);
            })
        };
        let name = type_name(self_ty);
        self.inside(name, |this| {
            for member in &item.items {
                match member {
                    ImplItem::Type(member) => {
                        let names = owner_names(&|visitor| visitor.visit_impl_item_type(member));
                        let text = format!("{owner} {}", canonical(member));
                        this.define(plain(&member.ident), Kind::Type, text, names);
                    }
                    ImplItem::Const(member) => {
                        let names = owner_names(&|visitor| visitor.visit_impl_item_const(member));
                        let text = format!("{owner} {}", canonical(member));
                        this.define(plain(&member.ident), Kind::Value, text, names);
                    }
                    ImplItem::Fn(function) => {
                        let whole = function.to_token_stream();
                        this.signature(&owner, &function.attrs, &function.sig, whole);
                        let name = plain(&function.sig.ident);
                        let names = Names::of_tokens(function.to_token_stream());
                        let text = format!("{owner} {}", canonical(function));
                        this.define(name.clone(), Kind::Function, text, names);
                        this.inside(name, |this| this.visit_block(&function.block));
                    }
                    ImplItem::Macro(member) => this.macro_call(&member.mac, None),
                    other => visit::visit_impl_item(this, other),
                }
            }
        });
    }
}

/// The last segment of a type's path; its text when it is no path.
fn type_name(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => {
            path.path.segments.last().map(|segment| plain(&segment.ident)).unwrap_or_default()
        }
        other => canonical(other),
    }
}
