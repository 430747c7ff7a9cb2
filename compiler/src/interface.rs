//! What a compiled source offers: functions, states, statics, and the fingerprints of their types.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use quote::ToTokens;
use syn::visit::Visit;
use syn::{FnArg, ReturnType};

use crate::definitions::{Definitions, Initial, Names, Root, Static, signature_text};
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Part};
use crate::mentions::Mentions;
use crate::shim::{Exclusions, Origin, state_symbols};
use crate::source::Source;
use crate::states::{FoundFunction, FoundState, Survey, line};
use crate::structure::{self, Data, Migration};
use crate::symbol::{self, FUNCTION, function_path};
use crate::tokens::{KeepStatic, canonical, type_text};
use crate::tree::Tree;
#[cfg(doc)]
use crate::{ErrorKind, Number};

/// What a compiled source offers. The default one offers nothing.
#[derive(Clone, Debug, Default)]
pub struct Interface {
    /// The name rustc knows the source by; the user's items are defined in this crate.
    pub crate_name: String,
    /// The free functions of the user's files: all of the main file, the visible ones of its modules. An edit of a body
    /// leaves them as they are, and they are many: interfaces share them.
    pub functions: Arc<[Function]>,
    /// The types that functions borrow as their first parameter, `&mut State`.
    pub states: Vec<State>,
    /// The types that states hold by value, in the order of their numbers (see [`Number`]).
    pub data: Vec<Data>,
    /// The functions `fn migrate(old: &Old) -> State`.
    pub migrations: Vec<Migration>,
    /// Statics by path (`COUNT`, `process::COUNT`), with the fingerprint of their type.
    pub statics: Vec<(String, Fingerprint)>,
    /// What statics and thread-locals start with, by path.
    pub initial_values: BTreeMap<String, InitialValue>,
    /// Everything that can change the layout of a type or the ABI of a function in any of the files.
    /// Two generations with the same value agree on every type they could pass to each other.
    pub types: Fingerprint,
    /// By whose rules its functions call each other, such as "rustc". Code of different rules meets at the
    /// shims alone, which have the C ABI; and its types may be laid out differently.
    pub abi: &'static str,
    pub(crate) type_fingerprints: BTreeMap<String, Fingerprint>,
    pub(crate) mentions: Mentions,
    /// Fingerprints by shim, once somebody asked for one.
    shims: OnceLock<HashMap<String, Fingerprint>>,
}

/// One function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// `gain`, `voices::tick`
    pub path: String,
    /// The line its name stands in, from 1.
    pub line: u32,
    /// The symbol it is exported as, at the C ABI.
    pub shim: Option<String>,
    /// Why it is not exported.
    pub no_shim_reason: Option<String>,
    /// Types of the parameters, as people write them: without paths and lifetimes.
    pub parameters: Vec<String>,
    /// Type of the result, `()` when there is none.
    pub result: String,
    /// Of the signature, and of every type reachable from it.
    pub fingerprint: Fingerprint,
    /// The state it borrows as its first parameter, by name (see [`Interface::states`]).
    pub state: Option<String>,
}

impl Function {
    /// `fn(&mut State, &mut Block)`, `fn(f32) -> f32`
    pub fn signature(&self) -> String {
        let parameters = self.parameters.join(", ");
        match self.result.as_str() {
            "()" => format!("fn({parameters})"),
            result => format!("fn({parameters}) -> {result}"),
        }
    }
}

/// What a static starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InitialValue {
    /// Of the expression, and of everything it is computed from.
    pub fingerprint: Fingerprint,
    /// Whether each thread has one of its own.
    pub is_thread_local: bool,
}

/// One type that functions own as their state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its name, without path.
    pub name: String,
    /// The line its name stands in, from 1.
    pub line: u32,
    /// Of its definition, and of every type reachable from it.
    pub fingerprint: Fingerprint,
    /// How to make, describe and drop a value.
    pub shims: Option<StateShims>,
    /// Why there are no shims.
    pub no_shims_reason: Option<String>,
}

/// The symbols of a state's shims, all `unsafe extern "C-unwind"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateShims {
    /// `fn(out: *mut usize)`: writes size and alignment in bytes, and the type's [`Number`].
    pub layout: String,
    /// `fn(at: *mut State)`: writes `State::default()` to uninitialised memory.
    pub default: String,
    /// `fn(at: *mut State)`: drops the value in place.
    pub drop: String,
}

impl Interface {
    /// The interface of `source`, read from the text alone: for a compiler that exports the shims in
    /// its own way. `Rustc` also leaves out what rustc turns out not to accept.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unsupported`] when a text is not Rust, [`ErrorKind::Io`] when a support module
    /// cannot be read.
    pub fn read(source: &Source) -> Result<Interface, Error> {
        let tree = Tree::read(source)?;
        if let Some(error) = tree.unparsed() {
            return Err(error);
        }
        let definitions = Definitions::collect(&tree);
        let name = symbol::crate_name(&source.path);
        let (survey, none) = (Survey::of(&tree), Exclusions::new());
        Ok(Interface::new(name, &definitions, &survey, &none).mentioning(&tree))
    }

    /// The same, compiled by other rules. No code of the one then calls code of the other.
    #[cfg(feature = "jit")]
    pub(crate) fn with_abi(self, abi: &'static str) -> Interface {
        let types = self.types.and(abi);
        Interface { types, abi, ..self }
    }

    /// The functions and methods that mention the function `path` in their bodies, by the last segment of
    /// its path: where the compiler may have put it.
    pub fn mentioned_by(&self, path: &str) -> Vec<String> {
        self.mentions.of_function(path)
    }

    /// With what the functions of `tree` mention.
    pub(crate) fn mentioning(self, tree: &Tree) -> Interface {
        Interface { mentions: Mentions::of(tree), ..self }
    }

    /// Whether `symbol` is a function of these sources that callers reach through a slot: one that
    /// has a name and a type that do not depend on the bodies around it.
    pub fn is_live(&self, symbol: &str) -> bool {
        symbol::is_live(symbol, &self.crate_name) && !self.is_static(symbol)
    }

    /// The fingerprint of the type of the static or thread-local `symbol`; [`Interface::types`],
    /// which covers it, where it cannot be told by its path (declared by another macro).
    pub fn static_fingerprint(&self, symbol: &str) -> Fingerprint {
        let path = variable_path(symbol);
        self.statics.iter().find(|(own, _)| *own == path).map_or(self.types, |(_, of)| *of)
    }

    /// The fingerprint of what crosses the shim with this symbol: a function's signature, or a state.
    pub fn shim_fingerprint(&self, shim: &str) -> Option<Fingerprint> {
        let of_functions = self.functions.iter().filter_map(|function| {
            Some(([function.shim.as_ref()?].to_vec(), function.fingerprint))
        });
        let of_states = self.states.iter().filter_map(|state| {
            let StateShims { layout, default, drop } = state.shims.as_ref()?;
            Some(([layout, default, drop].to_vec(), state.fingerprint))
        });
        let index = || {
            let all = of_functions.chain(of_states);
            let all = all.flat_map(|(shims, of)| shims.into_iter().map(move |shim| (shim, of)));
            all.map(|(shim, of)| (shim.clone(), of)).collect()
        };
        self.shims.get_or_init(index).get(shim).copied()
    }

    /// The fingerprint of a type of the files or their support modules, by its last path segment.
    /// Where several bear the name, the user's main file goes first, then its modules.
    pub fn type_fingerprint(&self, name: &str) -> Option<Fingerprint> {
        self.type_fingerprints.get(name).copied()
    }

    /// The path of the static or thread-local `symbol`.
    pub fn static_path(symbol: &str) -> String {
        variable_path(symbol)
    }

    fn is_static(&self, symbol: &str) -> bool {
        let path = function_path(symbol);
        self.statics.iter().any(|(own, _)| *own == path)
    }

    /// Of what was surveyed, less what rustc did not export.
    pub(crate) fn new(
        crate_name: String,
        definitions: &Definitions,
        survey: &Survey<'_>,
        excluded: &Exclusions,
    ) -> Interface {
        let functions = survey.functions.iter().enumerate();
        let functions = functions
            .map(|(index, found)| {
                let reason = excluded.get(&Origin::Function(index)).or(found.refusal.as_ref());
                function(definitions, survey, found, reason)
            })
            .collect();
        let states = survey.states.iter().enumerate();
        let states = states
            .map(|(index, found)| {
                let reason = excluded.get(&Origin::State(index)).or(found.refusal.as_ref());
                state(definitions, found, reason)
            })
            .collect();
        let type_fingerprints = definitions
            .type_names()
            .filter_map(|name| Some((name.to_owned(), Fingerprint::of_type(definitions, name)?)))
            .collect();
        Interface {
            crate_name,
            functions,
            states,
            data: structure::data(definitions, survey, excluded),
            migrations: structure::migrations(survey, excluded),
            statics: statics(definitions),
            initial_values: initial_values(definitions),
            types: types(definitions),
            abi: "rustc",
            type_fingerprints,
            mentions: Mentions::default(),
            shims: OnceLock::new(),
        }
    }
}

fn function(
    definitions: &Definitions,
    survey: &Survey<'_>,
    found: &FoundFunction<'_>,
    reason: Option<&String>,
) -> Function {
    let signature = &found.item.sig;
    let parameters = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(type_text(&typed.ty, KeepStatic::Yes)),
        FnArg::Receiver(_) => None,
    });
    let result = match &signature.output {
        ReturnType::Default => "()".to_owned(),
        ReturnType::Type(_, ty) => type_text(ty, KeepStatic::No),
    };
    let names = Names::of(|visitor| visitor.visit_signature(signature));
    let (text, place) = (signature_text(signature), found.inline.join("::"));
    let part = Part { text: &text, place: &place, file: found.file, names: &names };
    Function {
        path: found.path.clone(),
        line: line(signature.ident.span()),
        shim: reason.is_none().then(|| format!("{FUNCTION}{}", found.path)),
        no_shim_reason: reason.cloned(),
        parameters: parameters.collect(),
        result,
        fingerprint: Fingerprint::of(definitions, part),
        state: found.state.map(|index| survey.states[index].name.clone()),
    }
}

fn state(definitions: &Definitions, found: &FoundState<'_>, reason: Option<&String>) -> State {
    let file = found.defined.file;
    let item = found.defined.item;
    let place = definitions.places(&found.name, file);
    let names = Names::of(|visitor| visitor.visit_item(item));
    let text = canonical(item.to_token_stream());
    let part = Part { text: &text, place: &place, file, names: &names };
    State {
        name: found.name.clone(),
        line: found.line(),
        fingerprint: Fingerprint::of_definition(definitions, part),
        shims: reason.is_none().then(|| state_symbols(&found.name)),
        no_shims_reason: reason.cloned(),
    }
}

/// The path of a variable. That of a thread-local is inside the constant that `thread_local!` makes.
fn variable_path(symbol: &str) -> String {
    let path = function_path(symbol);
    match path.strip_suffix("::__RUST_STD_INTERNAL_VAL").and_then(|path| path.split_once("::{")) {
        Some((name, _)) => name.to_owned(),
        None => path,
    }
}

fn statics(definitions: &Definitions) -> Vec<(String, Fingerprint)> {
    let mut statics: Vec<(String, Fingerprint)> = Vec::new();
    for found in &definitions.statics {
        let Static { file, path, text, names, .. } = found;
        let place = path.rsplit_once("::").map_or("", |(place, _)| place);
        let of = Fingerprint::of(definitions, Part { text, place, file: *file, names });
        match statics.iter_mut().find(|(own, _)| own == path) {
            // Two statics in blocks of one function: a change of either counts for both.
            Some((_, known)) => known.0 = known.0.rotate_left(1) ^ of.0,
            None => statics.push((path.clone(), of)),
        }
    }
    statics
}

fn initial_values(definitions: &Definitions) -> BTreeMap<String, InitialValue> {
    let values = definitions.statics.iter().map(|found| {
        let Initial { text, names, is_thread_local } = &found.initial;
        let part = Part { text, place: &found.path, file: found.file, names };
        let fingerprint = Fingerprint::of(definitions, part);
        let value = InitialValue { fingerprint, is_thread_local: *is_thread_local };
        (found.path.clone(), value)
    });
    values.collect()
}

fn types(definitions: &Definitions) -> Fingerprint {
    let roots = definitions.roots.iter();
    // The text of a root says where it stands.
    let signatures =
        roots.map(|Root { file, text, names }| Part { text, place: "", file: *file, names });
    Fingerprint::of_all(definitions, signatures.chain(definitions.all_types()))
}
