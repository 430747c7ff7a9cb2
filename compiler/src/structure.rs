//! What a source says of the types inside of its states: the readable half of their description.
//!
//! The other half (sizes, offsets, which type a name really is) comes from the shims when they run;
//! [`Data`] says in which order they write it.

use std::collections::HashMap;

use quote::ToTokens;
use syn::Item;
use syn::visit::Visit;
use xxhash_rust::xxh3::xxh3_128;

use crate::data::{FoundData, FoundField, FoundForm, FoundPart, former_names};
use crate::definitions::{Definitions, Kind, Names};
use crate::describe;
use crate::fingerprint::{self, Fingerprint, Places, is_positional, reachable};
use crate::interface::{Interface, State};
use crate::shim::{Exclusions, Origin};
use crate::states::{Survey, derives_default, line};
use crate::tokens::{KeepStatic, canonical, plain, type_text};

/// A struct or enum that a state holds by value, or that a `migrate` reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    /// Its name, without path.
    pub name: String,
    /// Names that `#[doc(alias = "..")]` gives it besides.
    pub former_names: Vec<String>,
    /// Of the definition with the names of all types in it left out: two types with the same one have
    /// the same fields of the same types, whatever they are called.
    pub structure: Fingerprint,
    /// Whether it is an enum; a struct has one variant, without a name.
    pub is_enum: bool,
    /// Whether its `Default` is the derived one: of each field its own, of an enum the marked variant.
    pub derives_default: bool,
    /// Its variants in the order of the source, which gives them their numbers from 0.
    pub variants: Vec<Variant>,
    /// The symbol of its shim, `unsafe extern "C-unwind" fn(what, place, at, out) -> usize`. What 0
    /// describes the type into `out: *mut usize`: size, alignment and whether it is `Drop` itself (0 or
    /// 1); then for each field its offset (not for enums) and its [`Part`]. A part is size, alignment and
    /// [`Number`], then what is inside of it: an element, or for a tuple offset and part of each item.
    ///
    /// *Places* are the enum itself (0) and the `Option`s in it, from 1 in the order of their description;
    /// `None` is variant 0. For the value of a place at `at: *mut u8`, what 1 gives the variant's number
    /// and writes the addresses of its fields to `out`. What 2 writes `out[1]`
    /// values of the variant `out[0]`, with defaults in their fields, to uninitialised memory at `at`; it gives
    /// 1, or 0 when a field has no default, and counts in `out[2]` those that are there. What 3 drops the
    /// values from `out[0]` up to `out[1]` of those at `at`; `out[0]` goes before, so that after a panic the rest
    /// can be dropped. What 4 gives whether to drop such a value does anything. What 5 looks at `out[1]` values,
    /// each `out[0]` bytes after the one before, and writes the numbers of their variants to `out` from its start.
    pub shim: Option<String>,
    /// Why there is no shim.
    pub no_shim_reason: Option<String>,
}

/// Fields that exist together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its name; empty for a struct.
    pub name: String,
    /// Names that `#[doc(alias = "..")]` gives it besides.
    pub former_names: Vec<String>,
    /// Its fields in the order of the source.
    pub fields: Vec<Field>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name; its number where it has none.
    pub name: String,
    /// Names that `#[doc(alias = "..")]` gives it besides.
    pub former_names: Vec<String>,
    /// Of its type, with the names of all types in it left out (see [`Data::structure`]).
    pub structure: Fingerprint,
    /// Its type.
    pub part: Part,
}

/// A type as it is written, and what its text shows of its inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The type, as people write it.
    pub ty: String,
    /// Of the type.
    pub fingerprint: Fingerprint,
    /// What is inside.
    pub form: Form,
}

/// What a type's text shows of its inside.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// A name: its number says more.
    Plain,
    /// An array of these.
    Array(Box<Part>),
    /// A tuple of these.
    Tuple(Vec<Part>),
    /// An `Option` of this.
    Option(Box<Part>),
    /// A `Box` of this.
    Boxed(Box<Part>),
}

/// What a part is, by the number that rustc gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// Nothing that could be looked into.
    Opaque,
    /// A primitive type, by its name.
    Primitive(&'static str),
    /// Nothing that could be looked into, and its `Default` is a constant that owns nothing: a `Vec`, a
    /// `String`.
    Empty,
    /// The data type with this index in [`crate::Interface::data`].
    Data(usize),
}

impl Number {
    /// Reads what a shim wrote.
    pub fn from_word(word: usize) -> Number {
        match word.checked_sub(describe::FIRST) {
            Some(index) => Number::Data(index),
            None if word == describe::EMPTY => Number::Empty,
            None => word
                .checked_sub(1)
                .and_then(|index| describe::PRIMITIVES.get(index))
                .map_or(Number::Opaque, |name| Number::Primitive(name)),
        }
    }
}

/// A function `fn migrate(old: &Old) -> State`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// `migrate`, `voices::migrate`
    pub path: String,
    /// The line its name stands in, from 1.
    pub line: u32,
    /// The name of the state that it makes.
    pub state: String,
    /// The symbol of its shim, `unsafe extern "C-unwind" fn(old: *const Old, new: *mut State)`: makes the
    /// new value in uninitialised memory. When `old` is null, it writes the [`Number`]s of both types
    /// to `new` instead, two words.
    pub shim: Option<String>,
    /// Why there is no shim.
    pub no_shim_reason: Option<String>,
}

impl Interface {
    /// The fields of a struct that is a state, in the order of the source; none for an enum.
    pub fn fields_of(&self, state: &State) -> &[Field] {
        // The first data types are the states, in their order.
        let at = self.states.iter().position(|each| each.name == state.name);
        match at.and_then(|at| self.data.get(at)) {
            Some(Data { is_enum: false, variants, .. }) => {
                variants.first().map(|variant| variant.fields.as_slice()).unwrap_or_default()
            }
            _ => &[],
        }
    }
}

pub(crate) fn data(
    definitions: &Definitions,
    survey: &Survey<'_>,
    excluded: &Exclusions,
) -> Vec<Data> {
    let each = survey.data.iter().enumerate().map(|(number, found)| {
        let reason = excluded.get(&Origin::Data(number)).or(found.refusal.as_ref());
        let variants = found.variants.iter().map(|variant| Variant {
            name: variant.ident.map(plain).unwrap_or_default(),
            former_names: former_names(variant.attributes),
            fields: variant.fields.iter().map(|found| field(definitions, found)).collect(),
        });
        Data {
            name: found.name.clone(),
            former_names: former_names(crate::cfg::attributes(found.defined.item)),
            structure: structure(definitions, found),
            is_enum: found.is_enum(),
            derives_default: derives_default(crate::cfg::attributes(found.defined.item)),
            variants: variants.collect(),
            shim: reason.is_none().then(|| describe::symbol(number, found)),
            no_shim_reason: reason.cloned(),
        }
    });
    each.collect()
}

fn field(definitions: &Definitions, found: &FoundField<'_>) -> Field {
    Field {
        name: found.name.clone(),
        former_names: former_names(found.attributes),
        structure: syntax(definitions, &found.part, |part| expand(definitions, part)),
        part: part(definitions, &found.part),
    }
}

/// Gives the type of `found`, as fingerprints are taken of it, to `of`.
fn syntax<R>(
    definitions: &Definitions,
    found: &FoundPart<'_>,
    of: impl FnOnce(fingerprint::Part<'_>) -> R,
) -> R {
    let names = Names::of(|visitor| visitor.visit_type(found.ty));
    let place = definitions.places(&found.within, found.file);
    let text = canonical(found.ty);
    of(fingerprint::Part { text: &text, place: &place, file: found.file, names: &names })
}

fn part(definitions: &Definitions, found: &FoundPart<'_>) -> Part {
    let inner = |inner: &FoundPart<'_>| Box::new(part(definitions, inner));
    Part {
        ty: type_text(found.ty, KeepStatic::Yes),
        fingerprint: syntax(definitions, found, |part| Fingerprint::of(definitions, part)),
        form: match &found.form {
            FoundForm::Plain => Form::Plain,
            FoundForm::Array(element) => Form::Array(inner(element)),
            FoundForm::Option(some) => Form::Option(inner(some)),
            FoundForm::Boxed(pointee) => Form::Boxed(inner(pointee)),
            FoundForm::Tuple(items) => {
                Form::Tuple(items.iter().map(|item| part(definitions, item)).collect())
            }
        },
    }
}

pub(crate) fn migrations(survey: &Survey<'_>, excluded: &Exclusions) -> Vec<Migration> {
    let each = survey.migrations.iter().enumerate().map(|(number, found)| {
        let function = &survey.functions[found.function];
        let reason = excluded.get(&Origin::Migration(number));
        Migration {
            path: function.path.clone(),
            line: line(function.item.sig.ident.span()),
            state: survey.states[found.state].name.clone(),
            shim: reason.is_none().then(|| describe::migration_symbol(number)),
            no_shim_reason: reason.cloned(),
        }
    });
    each.collect()
}

fn structure(definitions: &Definitions, found: &FoundData<'_>) -> Fingerprint {
    let item = found.defined.item;
    let names = Names::of(|visitor| match item {
        Item::Struct(item) => visitor.visit_item_struct(item),
        Item::Enum(item) => visitor.visit_item_enum(item),
        _ => {}
    });
    let place = definitions.places(&found.name, found.defined.file);
    let text = canonical(item.to_token_stream());
    let file = found.defined.file;
    expand(definitions, fingerprint::Part { text: &text, place: &place, file, names: &names })
}

/// Of a text, its own name and those of the types in it left out.
fn expand(definitions: &Definitions, part: fingerprint::Part<'_>) -> Fingerprint {
    let (others, around, known) = (Vec::new(), Vec::new(), HashMap::new());
    let mut expansion = Expansion { definitions, others, around, known };
    let text = expansion.of(part);
    let others = reachable(definitions, &expansion.others, Places::CountIfAmbiguous);
    let others = others.into_iter().fold(text, |all, other| all + "\0" + &other);
    Fingerprint(xxh3_128(others.as_bytes()))
}

/// Definitions with the definitions of the types that they name put in the place of the names.
struct Expansion<'a> {
    definitions: &'a Definitions,
    /// What else they mention.
    others: Vec<fingerprint::Part<'a>>,
    /// The definitions around the current one.
    around: Vec<usize>,
    /// What stands for definitions that were expanded already.
    known: HashMap<usize, String>,
}

impl<'a> Expansion<'a> {
    fn of(&mut self, part: fingerprint::Part<'_>) -> String {
        let definitions = self.definitions;
        let mut inner = HashMap::new();
        for mention in part.names.mentions(part.file) {
            let found = definitions.lookup(&mention);
            match found.ids.as_slice() {
                [one] if !found.is_ambiguous && definitions.get(*one).kind == Kind::Data => {
                    let expanded = match self.around.iter().rev().position(|id| id == one) {
                        Some(outer) => format!("^{outer} "),
                        None => self.inner(*one),
                    };
                    inner.insert(mention.name.to_owned(), expanded);
                }
                // A name that stays in the text, with whatever it could mean behind it.
                ids => self.others.extend(ids.iter().map(|id| definitions.get(*id).part())),
            }
        }
        let mut expanded = String::new();
        let mut is_own_name = false;
        for word in part.text.split_inclusive(' ') {
            match inner.get(word.trim_end()) {
                _ if is_own_name => expanded.push_str("_ "),
                Some(inner) => expanded.push_str(inner),
                None => expanded.push_str(word),
            }
            is_own_name = matches!(word, "struct " | "enum ") && !expanded.contains('{');
        }
        if is_positional(part.text) {
            expanded.push_str(&definitions.positions(part.file));
        }
        expanded
    }

    /// What stands for a definition inside of others: short, or the text could grow exponentially.
    fn inner(&mut self, id: usize) -> String {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let definition = self.definitions.get(id);
        self.around.push(id);
        let expanded = self.of(definition.part());
        self.around.pop();
        let digest = xxh3_128(expanded.as_bytes());
        // What refers to a definition around it means another thing elsewhere.
        if expanded.contains('^') {
            return format!("^{digest:x} ");
        }
        let digest = format!("{digest:x} ");
        self.known.insert(id, digest.clone());
        digest
    }
}
