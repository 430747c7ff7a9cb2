//! What a source offers: its functions, and the types that functions own as their state.
//!
//! This is the survey both the interface (what is told) and the shims (what is exported) are made from.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{FnArg, GenericParam, Item, ItemFn, Type, Visibility};

use crate::cfg;
use crate::data::{self, FoundData};
use crate::definitions::has_impl;
use crate::tokens::plain;
use crate::tree::{File, Origin, Tree, inline_items};

/// Everything the user's files offer.
pub(crate) struct Survey<'a> {
    pub functions: Vec<FoundFunction<'a>>,
    pub states: Vec<FoundState<'a>>,
    /// The types that states hold by value, and those that a `migrate` reads.
    pub data: Vec<FoundData<'a>>,
    pub migrations: Vec<FoundMigration<'a>>,
}

/// One function `fn migrate(old: &Old) -> State`.
pub(crate) struct FoundMigration<'a> {
    /// Index of the function, and of the state that it makes.
    pub function: usize,
    pub state: usize,
    pub from: Defined<'a>,
}

/// One free function.
pub(crate) struct FoundFunction<'a> {
    pub file: usize,
    /// The modules inside of the file that contain it.
    pub inline: Vec<String>,
    /// `gain`, `voices::tick`
    pub path: String,
    pub item: &'a ItemFn,
    /// Why it cannot be exported.
    pub refusal: Option<String>,
    /// Index of the state its first parameter borrows.
    pub state: Option<usize>,
}

/// One type of the user's that is the first parameter of a function, by `&mut`.
pub(crate) struct FoundState<'a> {
    pub name: String,
    /// The file in whose scope `ty` names the type.
    pub file: usize,
    /// The modules inside of that file around the function.
    pub inline: Vec<String>,
    pub ty: TokenStream,
    pub defined: Defined<'a>,
    /// Whether a public function takes it: it must then be usable as a closure's state.
    pub is_public: bool,
    /// Why it cannot be made, described and dropped through shims.
    pub refusal: Option<String>,
}

/// Where a type is defined.
#[derive(Clone)]
pub(crate) struct Defined<'a> {
    pub file: usize,
    /// The modules inside of the file that contain it.
    pub inline: Vec<String>,
    /// Whether the file itself can name it there.
    pub is_reachable: bool,
    pub item: &'a Item,
}

impl<'a> Survey<'a> {
    /// Looks through all of the user's files.
    pub(crate) fn of(tree: &'a Tree) -> Survey<'a> {
        let (functions, states) = (Vec::new(), Vec::new());
        let (data, migrations) = (Vec::new(), Vec::new());
        let mut survey = Survey { functions, states, data, migrations };
        let mut types = Vec::new();
        for (index, file) in tree.files.iter().enumerate() {
            if file.origin == Origin::User {
                survey.find_functions(index, file, file.items(), &mut Vec::new());
                find_types(index, file.items(), &mut Vec::new(), true, &mut types);
            }
        }
        survey.refuse_repeated();
        let defaults = defaults(tree);
        for function in 0..survey.functions.len() {
            survey.find_state(function, &types, &defaults);
        }
        for function in 0..survey.functions.len() {
            survey.find_migration(function, &types);
        }
        let states = survey.states.iter().map(|state| state.defined.clone());
        let roots = states.chain(survey.migrations.iter().map(|each| each.from.clone()));
        let resolve = |name: &str, file| resolve(&types, name, file);
        survey.data = data::reachable(roots, &data::aliases(tree), resolve);
        survey
    }

    fn find_functions(
        &mut self,
        index: usize,
        file: &File,
        items: &'a [Item],
        inline: &mut Vec<String>,
    ) {
        let is_root = file.module.is_empty() && inline.is_empty();
        for item in items {
            match item {
                Item::Fn(item) if is_root || is_visible(&item.vis) => {
                    let name = plain(&item.sig.ident);
                    let path = file.module.iter().chain(inline.iter()).chain([&name]);
                    self.functions.push(FoundFunction {
                        file: index,
                        inline: inline.clone(),
                        path: path
                            .map(String::as_str)
                            .collect::<Vec<_>>()
                            .join("::")
                            .replace("r#", ""),
                        item,
                        refusal: refusal(item),
                        state: None,
                    });
                }
                Item::Mod(module) => {
                    if let Some(items) = inline_items(module) {
                        inline.push(module.ident.to_string());
                        self.find_functions(index, file, items, inline);
                        inline.pop();
                    }
                }
                _ => {}
            }
        }
    }

    fn refuse_repeated(&mut self) {
        let mut seen = HashSet::new();
        for function in &mut self.functions {
            if !seen.insert(function.path.clone()) {
                function.refusal = Some("another function has the same path".to_owned());
            }
        }
    }

    fn find_state(&mut self, function: usize, types: &[Defined<'a>], defaults: &HashSet<String>) {
        let found = &self.functions[function];
        let Some(ty) = first_borrowed(found.item) else { return };
        let Some(segment) = ty.path.segments.last() else { return };
        if !segment.arguments.is_none() || found.refusal.is_some() {
            return;
        }
        let name = plain(&segment.ident);
        let is_public = matches!(found.item.vis, Visibility::Public(_));
        let Some(defined) = resolve(types, &name, found.file) else { return };
        let index = self.state_of(&defined).unwrap_or_else(|| {
            let mut refusal = state_refusal(&name, &defined, found.file, defaults);
            if self.states.iter().any(|state| state.name == name) {
                refusal = Some(format!("another state is called `{name}` too; rename one of them"));
            }
            self.states.push(FoundState {
                name,
                file: found.file,
                inline: found.inline.clone(),
                ty: ty.to_token_stream(),
                defined,
                is_public: false,
                refusal,
            });
            self.states.len() - 1
        });
        self.states[index].is_public |= is_public;
        self.functions[function].state = Some(index);
    }

    /// The state that is the type `defined`.
    fn state_of(&self, defined: &Defined<'_>) -> Option<usize> {
        self.states.iter().position(|state| std::ptr::eq(state.defined.item, defined.item))
    }

    /// Whether `function` is `fn migrate(old: &Old) -> State`.
    fn find_migration(&mut self, function: usize, types: &[Defined<'a>]) {
        let found = &self.functions[function];
        let signature = &found.item.sig;
        if signature.ident != "migrate" || found.refusal.is_some() || signature.inputs.len() != 1 {
            return;
        }
        let (Some(FnArg::Typed(old)), syn::ReturnType::Type(_, made)) =
            (signature.inputs.first(), &signature.output)
        else {
            return;
        };
        let Type::Reference(old) = old.ty.as_ref() else { return };
        let named = |ty: &Type| match ty {
            Type::Path(path) if path.qself.is_none() => {
                let name = plain(&path.path.segments.last()?.ident);
                resolve(types, &name, found.file)
            }
            _ => None,
        };
        if let (None, Some(from), Some(made)) = (old.mutability, named(&old.elem), named(made))
            && let Some(state) = self.state_of(&made)
        {
            self.migrations.push(FoundMigration { function, state, from });
        }
    }
}

impl<'a> FoundState<'a> {
    /// Its fields in order, with their names; none for an enum.
    pub(crate) fn fields(&self) -> Vec<(String, &'a syn::Field)> {
        fields(self.defined.item)
    }

    /// The line its name stands in.
    pub(crate) fn line(&self) -> u32 {
        match self.defined.item {
            Item::Struct(item) => line(item.ident.span()),
            Item::Enum(item) => line(item.ident.span()),
            other => line(other.span()),
        }
    }
}

/// The line of `span`, from 1.
pub(crate) fn line(span: proc_macro2::Span) -> u32 {
    u32::try_from(span.start().line).unwrap_or(u32::MAX)
}

fn is_visible(visibility: &Visibility) -> bool {
    !matches!(visibility, Visibility::Inherited)
}

fn fields(item: &Item) -> Vec<(String, &syn::Field)> {
    let Item::Struct(item) = item else { return Vec::new() };
    fields_of(&item.fields)
}

/// The fields that exist, with their names; numbers where they have none.
pub(crate) fn fields_of(fields: &syn::Fields) -> Vec<(String, &syn::Field)> {
    let existing = fields.iter().filter(|field| cfg::field_exists(field));
    existing
        .enumerate()
        .map(|(index, field)| {
            let name = field.ident.as_ref().map_or_else(|| index.to_string(), plain);
            (name, field)
        })
        .collect()
}

/// Why rustc could not export `item` at the C ABI.
fn refusal(item: &ItemFn) -> Option<String> {
    struct Find(bool);
    impl<'ast> Visit<'ast> for Find {
        fn visit_type_impl_trait(&mut self, _: &'ast syn::TypeImplTrait) {
            self.0 = true;
        }
        fn visit_type(&mut self, ty: &'ast Type) {
            visit::visit_type(self, ty);
        }
    }
    let mut find = Find(false);
    item.sig.inputs.iter().for_each(|input| find.visit_fn_arg(input));
    let generic =
        item.sig.generics.params.iter().any(|param| !matches!(param, GenericParam::Lifetime(_)));
    let is_test = item.attrs.iter().any(|attribute| attribute.path().is_ident("test"));
    let reason = if generic || find.0 {
        "it is generic: a slot holds one function, not a family of them"
    } else if has_impl(&item.sig.output) {
        "it returns `impl Trait`: the type depends on its body"
    } else if item.sig.asyncness.is_some() {
        "it is async: the future's type depends on its body"
    } else if item.sig.variadic.is_some() {
        "it takes a variable number of arguments"
    } else if is_test {
        "it is a test"
    } else {
        return None;
    };
    Some(reason.to_owned())
}

/// `T` of a first parameter `&mut T`.
fn first_borrowed(item: &ItemFn) -> Option<&syn::TypePath> {
    let Some(FnArg::Typed(first)) = item.sig.inputs.first() else { return None };
    let Type::Reference(reference) = first.ty.as_ref() else { return None };
    reference.mutability?;
    match reference.elem.as_ref() {
        Type::Path(path) if path.qself.is_none() => Some(path),
        _ => None,
    }
}

fn find_types<'a>(
    file: usize,
    items: &'a [Item],
    inline: &mut Vec<String>,
    is_reachable: bool,
    found: &mut Vec<Defined<'a>>,
) {
    for item in items {
        // The file sees what its own modules are called, and of what is in them only what they show.
        let shows = |visibility| is_reachable && (inline.is_empty() || is_visible(visibility));
        match item {
            Item::Struct(syn::ItemStruct { vis, .. }) | Item::Enum(syn::ItemEnum { vis, .. }) => {
                let is_reachable = shows(vis);
                found.push(Defined { file, inline: inline.clone(), is_reachable, item });
            }
            Item::Mod(module) => {
                let is_reachable = shows(&module.vis);
                inline.push(module.ident.to_string());
                let items = inline_items(module).unwrap_or_default();
                find_types(file, items, inline, is_reachable, found);
                inline.pop();
            }
            _ => {}
        }
    }
}

/// The type that `name` stands for in `file`, when that is beyond doubt and it is not generic.
fn resolve<'a>(types: &[Defined<'a>], name: &str, file: usize) -> Option<Defined<'a>> {
    let ident = |defined: &Defined<'a>| match defined.item {
        Item::Struct(item) => Some((plain(&item.ident), &item.generics)),
        Item::Enum(item) => Some((plain(&item.ident), &item.generics)),
        _ => None,
    };
    let named: Vec<&Defined<'a>> =
        types.iter().filter(|defined| ident(defined).is_some_and(|(own, _)| own == name)).collect();
    let own: Vec<&Defined<'a>> = named
        .iter()
        .copied()
        .filter(|defined| defined.file == file && defined.inline.is_empty())
        .collect();
    let defined = match (own.as_slice(), named.as_slice()) {
        ([one], _) | ([], [one]) => (*one).clone(),
        _ => return None,
    };
    ident(&defined).is_some_and(|(_, generics)| generics.params.is_empty()).then_some(defined)
}

/// Names of the types with a `Default` of their own.
fn defaults(tree: &Tree) -> HashSet<String> {
    fn search(items: &[Item], found: &mut HashSet<String>) {
        for item in items {
            match item {
                Item::Impl(block) => {
                    let of_default = block.trait_.as_ref().is_some_and(|(path, _)| {
                        path.segments.last().is_some_and(|last| last.ident == "Default")
                    });
                    if of_default
                        && let Type::Path(path) = block.self_ty.as_ref()
                        && let Some(last) = path.path.segments.last()
                    {
                        found.insert(plain(&last.ident));
                    }
                }
                Item::Struct(item) if derives_default(&item.attrs) => {
                    found.insert(plain(&item.ident));
                }
                Item::Enum(item) if derives_default(&item.attrs) => {
                    found.insert(plain(&item.ident));
                }
                Item::Mod(module) => search(inline_items(module).unwrap_or_default(), found),
                _ => {}
            }
        }
    }
    let mut found = HashSet::new();
    for file in tree.files.iter().filter(|file| file.origin == Origin::User) {
        search(file.items(), &mut found);
    }
    found
}

/// Whether `Default` is among what these attributes derive.
pub(crate) fn derives_default(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("derive")
            && attribute
                .to_token_stream()
                .to_string()
                .split(|character: char| !character.is_alphanumeric())
                .any(|word| word == "Default")
    })
}

fn state_refusal(
    name: &str,
    defined: &Defined<'_>,
    file: usize,
    defaults: &HashSet<String>,
) -> Option<String> {
    if !defaults.contains(name) {
        return Some(format!(
            "the state needs `Default`: add #[derive(Default)] to `{name}`, or write `impl Default for {name}`"
        ));
    }
    if defined.file == file && defined.inline.is_empty() {
        return None;
    }
    let hidden = fields(defined.item).into_iter().find(|(_, field)| !is_visible(&field.vis))?;
    Some(format!(
        "field `{}` of `{name}` is private to its module: make it pub(crate), or move `{name}` beside the function",
        hidden.0
    ))
}
