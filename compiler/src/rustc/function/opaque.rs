//! Functions as they are when nobody knows anything of anybody: the whole file compiled once so that calls
//! between functions are calls, and later units that were compiled likewise.
//!
//! This is what makes inlining harmless. In the object of an ordinary compile `f` may stand inside of its
//! callers, or they may rely on what its body does. **When `f` is edited, every function that can reach `f`
//! by calls is taken from here, where it holds nothing of `f`.** Who can reach whom is read
//! off the calls in these objects, so it includes operators, destructors, methods in vtables, closures and
//! instances of generic functions. A function from which no path leads to `f` here does not
//! depend on it there either. What units have brought since counts as well (a table inside of an edited body), since
//! the next ordinary compile inlines that too.
//!
//! **Who holds an address comes to the newest code as far as it has a name**: a function that the ordinary compile
//! made private, since nobody outside calls it, and an instance of a generic one are found again by it. Code
//! without one (a closure, the glue that drops a value) goes with whoever takes its address; where that is the
//! initial value of a variable, which is not made anew, the whole file is compiled.

use std::collections::{BTreeSet, HashMap, HashSet};

use proc_macro2::TokenStream;

use super::cut::{Cut, Id, Place};
use super::declare;
use super::names::Key;
use super::part::Part;
use super::text::{self, Derived};
use crate::Diagnostic;
use crate::definitions::identifiers;
use crate::error::{Error, ErrorKind};
use crate::rustc::{Manner, Rustc};
use crate::shim::Exclusions;
use crate::source::{Cancel, Source, Support};
use crate::symbol::crate_name;
use crate::tree::Tree;

/// Functions that were compiled so that they know nothing of each other.
pub(super) struct Provider {
    pub part: Part,
    /// The source at that time, and the texts that rustc was given.
    pub cut: Cut,
    pub derived: Vec<Derived>,
    /// Which functions it has.
    pub provides: HashSet<Id>,
    /// What rustc warned about in them.
    pub warnings: Vec<Diagnostic>,
}

/// The whole file, compiled so.
pub(super) struct Opaque {
    pub whole: Provider,
    pub support: Vec<Support>,
    /// The symbols of the functions that can be compiled alone.
    pub symbols: HashMap<Id, String>,
    pub by_symbol: HashMap<String, Id>,
    /// Those that cannot: nobody outside of their module can call them, or there are two with one name.
    pub kept: HashSet<Id>,
    /// Free functions as declarations.
    pub declarations: HashMap<Id, String>,
    /// Every word outside of the functions.
    pub words: BTreeSet<String>,
    /// Who refers to each named thing, by name.
    pub callers: HashMap<String, Vec<String>>,
}

impl Opaque {
    /// Compiles `source`, from which the ordinary compile left out `excluded`.
    pub(super) fn compile(
        rustc: &Rustc,
        source: &Source,
        excluded: &Exclusions,
        cancel: &Cancel,
    ) -> Result<Opaque, Error> {
        let unsupported = |why: String| Error::new(ErrorKind::Unsupported(why));
        let tree = Tree::read(source)?;
        let cut = Cut::of(&tree).ok_or_else(|| unsupported("the text cannot be cut".to_owned()))?;
        let derived: Vec<Derived> = cut.files.iter().map(text::opaque).collect();
        let texts: Vec<&str> = derived.iter().map(|derived| derived.text.as_str()).collect();
        let manner = Manner::Opaque { texts: &texts, excluded };
        let (compiled, _) = rustc.compile_tree(source, &tree, &manner, cancel)?;
        let part = Part::read(compiled.object).map_err(unsupported)?;
        let symbols = symbols(&part, &cut, &crate_name(&source.path));
        let kept: HashSet<Id> = cut.ids().filter(|id| !symbols.contains_key(id)).collect();
        let declared = declare::declarations(&tree);
        let declarations = symbols.iter().filter_map(|(id, symbol)| {
            let piece = cut.piece(*id);
            let declaration = declared.get(&piece.key).filter(|_| piece.place == Place::Module)?;
            Some((*id, declaration.with_symbol(symbol)))
        });
        Ok(Opaque {
            declarations: declarations.collect(),
            words: words(&tree, &cut, &kept),
            callers: callers(&part),
            by_symbol: symbols.iter().map(|(id, symbol)| (symbol.clone(), *id)).collect(),
            support: source.support.clone(),
            // Those of the ordinary compile count.
            whole: Provider {
                part,
                derived,
                provides: symbols.keys().copied().collect(),
                warnings: Vec::new(),
                cut,
            },
            symbols,
            kept,
        })
    }
}

fn callers(part: &Part) -> HashMap<String, Vec<String>> {
    let mut callers: HashMap<String, Vec<String>> = HashMap::new();
    for (name, edges) in part.all_edges() {
        for callee in &edges.all {
            callers.entry(callee.clone()).or_default().push(name.to_owned());
        }
    }
    callers
}

/// The symbols of functions that bear their key alone.
fn symbols(part: &Part, cut: &Cut, crate_name: &str) -> HashMap<Id, String> {
    let mut by_key: HashMap<Key, Vec<&str>> = HashMap::new();
    for (name, symbol) in &part.named {
        if part.symbols[*symbol].is_function()
            && let Some(key) = Key::of_symbol(name, crate_name)
        {
            by_key.entry(key).or_default().push(name);
        }
    }
    let mut ids: HashMap<&Key, Vec<Id>> = HashMap::new();
    for id in cut.ids() {
        ids.entry(&cut.piece(id).key).or_default().push(id);
    }
    let pairs =
        ids.into_iter().filter_map(|(key, ids)| match (&*ids, by_key.get(key)?.as_slice()) {
            ([id], [symbol]) => Some((*id, (*symbol).to_owned())),
            _ => None,
        });
    pairs.collect()
}

/// The words that stand outside of the functions, and in those that stay in every unit.
fn words(tree: &Tree, cut: &Cut, kept: &HashSet<Id>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (number, (file, parsed)) in cut.files.iter().zip(&tree.files).enumerate() {
        let pieces = file.functions.iter().enumerate();
        let replaced = pieces.filter(|(at, _)| !kept.contains(&Id(number, *at)));
        let mut rest = String::with_capacity(file.text.len());
        let mut from = 0;
        for (_, piece) in replaced {
            rest.push_str(&file.text[from..piece.item.start]);
            rest.push(' ');
            from = piece.item.end;
        }
        rest.push_str(&file.text[from..]);
        identifiers(rest.parse::<TokenStream>().unwrap_or_default(), &mut words);
        words.extend(parsed.included.names.iter().cloned());
    }
    words
}
