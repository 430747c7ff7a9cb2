//! Split: an object becomes function modules, one per live function, each with a content digest.
//!
//! The public face of the first half of the pipeline: `blocks.rs` cuts, `units.rs` prunes,
//! `digest.rs` compares. What a function module needs besides its own unit (private code,
//! constants, statics) stays reachable through the split until it is linked.

use std::collections::HashSet;

use crate::blocks::{BlockId, BlockKind, Blocks};
use crate::digest::{Digest, Digester};
use crate::error::{Error, ErrorKind};
use crate::graph::{Linkage, SymbolKind};
use crate::object::Object;
use crate::startup::{self, When};
use crate::units::{Binding, Units};

/// One live function as compiled, with the data only it uses.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FunctionModule {
    /// The function's symbol; for a local symbol `object:symbol`, with the object's name.
    pub name: String,
    /// Equal digests mean interchangeable code, provided the functions it calls have the same
    /// slots, the statics it uses the same types, and the names that it leaves to other objects the
    /// same meaning: whoever links programs of several objects also links those again that refer to a
    /// constant or private function of an edited one. ([`Linker::link`](crate::Linker::link) itself
    /// finds private code and constants again only where such names still mean the same.)
    pub digest: Digest,
    /// Bytes of machine code.
    pub size: usize,
    /// The live functions it refers to by symbol, directly or through private code, constants and
    /// statics.
    pub calls: Vec<String>,
    /// Those among them that somebody may call who holds an address it takes: their own, taken other
    /// than to call them at once, or that of private code that calls them (a destructor, a method in
    /// a vtable).
    pub addresses: Vec<String>,
    /// The statics it refers to by symbol, directly or through private code and constants.
    pub statics: Vec<String>,
    pub(crate) root: BlockId,
    /// Its code is a resolver, which chooses the entry.
    pub(crate) is_indirect: bool,
}

/// A variable of the object that some live function reaches.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Static {
    /// The variable's symbol; for a local one `object:symbol`, with the object's name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its alignment in bytes.
    pub align: u64,
    /// Digest of the initial value.
    pub digest: Digest,
}

/// An object split into function modules.
pub struct Split {
    pub(crate) units: Units,
    modules: Vec<FunctionModule>,
    statics: Vec<Static>,
    /// Constructors and destructors.
    pub(crate) startup: Vec<startup::Listed>,
}

/// Splits `object`. `is_live` tells which function symbols are live, defined here or elsewhere.
///
/// # Errors
/// `Malformed` for contradictory tables, `Ambiguous` or `Unsupported` where functions or variables
/// cannot be told apart; the messages name symbol, section and offset.
pub fn split(object: Object, is_live: &dyn Fn(&str) -> bool) -> Result<Split, Error> {
    let name = object.graph.name.clone();
    split_graph(object, is_live).map_err(|error| error.within(&name))
}

fn split_graph(object: Object, is_live: &dyn Fn(&str) -> bool) -> Result<Split, Error> {
    refuse_intermediate(&object)?;
    let blocks = Blocks::cut(object.graph, is_live)?;
    let live = blocks.live.clone();
    let mut units = Units::new(blocks);
    let mut digester = Digester::default();
    for &(_, root) in &live {
        units.reach(root, &mut digester);
    }
    units.check()?;
    let mut modules: Vec<_> = live
        .iter()
        .map(|&(symbol, root)| {
            let name = units.blocks.identity(symbol).into_owned();
            let is_indirect = units.blocks.graph.symbol(symbol).kind == SymbolKind::Indirect;
            module(&units, name, root, is_indirect)
        })
        .collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    let mut statics: Vec<_> = units.statics.iter().map(|id| describe_static(&units, *id)).collect();
    statics.sort_by(|a, b| a.name.cmp(&b.name));
    // Other objects may ask for these when they are linked.
    let entries = units.blocks.entries();
    for root in units.blocks.global_blocks().into_iter().chain(entries) {
        units.reach(root, &mut digester);
    }
    let startup = startup::list(&units.blocks)?;
    for root in startup.iter().filter_map(|listed| listed.root) {
        units.reach(root, &mut digester);
    }
    units.check()?;
    Ok(Split { units, modules, statics, startup })
}

/// gcc marks objects that hold its intermediate code and no machine code.
fn refuse_intermediate(object: &Object) -> Result<(), Error> {
    let graph = &object.graph;
    let mut symbols = graph.symbols.iter().filter(|it| it.linkage == Linkage::Common);
    match symbols.any(|it| graph.text(it.name) == "__gnu_lto_slim") {
        true => Err(Error::new(ErrorKind::Unsupported, crate::object::NO_MACHINE_CODE)),
        false => Ok(()),
    }
}

fn module(units: &Units, name: String, root: BlockId, is_indirect: bool) -> FunctionModule {
    let symbol_name = |symbol| units.blocks.identity(symbol).into_owned();
    let (mut calls, mut addresses, mut statics) = (Vec::new(), Vec::new(), Vec::new());
    let (mut open, mut seen) = (vec![root], HashSet::new());
    while let Some(block) = open.pop() {
        for binding in units.bindings(block) {
            match *binding {
                Binding::Live(symbol) => calls.push(symbol_name(symbol)),
                Binding::Addressed(symbol) => addresses.push(symbol_name(symbol)),
                Binding::Static(block) if seen.insert(block) => {
                    open.push(block);
                    statics.push(units.blocks.block_identity(block).into_owned());
                }
                Binding::Static(_) => {}
            }
        }
    }
    for names in [&mut calls, &mut addresses, &mut statics] {
        names.sort_unstable();
        names.dedup();
    }
    let size = units.blocks.block(root).size() as usize;
    let digest = units.unit(root).digest;
    FunctionModule { name, digest, size, calls, addresses, statics, root, is_indirect }
}

fn describe_static(units: &Units, id: BlockId) -> Static {
    let block = units.blocks.block(id);
    debug_assert_eq!(block.kind, BlockKind::Static);
    Static {
        name: units.blocks.block_identity(id).into_owned(),
        size: u64::from(block.size()),
        align: u64::from(block.align),
        digest: units.unit(id).digest,
    }
}

impl Split {
    /// The function modules, sorted by name.
    pub fn modules(&self) -> &[FunctionModule] {
        &self.modules
    }

    /// The index in [`Split::modules`] of the function with this symbol.
    pub fn find(&self, symbol: &str) -> Option<usize> {
        self.modules.binary_search_by(|module| module.name.as_str().cmp(symbol)).ok()
    }

    /// The constructors that the object lists (`.init_array` and its kin), in the order in which they
    /// run, with digests of their code.
    pub fn constructors(&self) -> impl Iterator<Item = (&str, Digest)> {
        let constructors = self.startup.iter().filter(|listed| listed.when == When::Start);
        constructors.map(|listed| {
            let digest = listed.root.map_or(Digest(0), |root| self.units.unit(root).digest);
            (listed.name.as_str(), digest)
        })
    }

    /// The live functions that constructors and destructors are or call, directly or through private
    /// code: they are needed although no other function may call them.
    pub fn startup_calls(&self) -> Vec<String> {
        let blocks = &self.units.blocks;
        let mut calls: Vec<String> = Vec::new();
        for listed in &self.startup {
            calls.extend(listed.live.map(|live| blocks.identity(live).into_owned()));
            let bindings = listed.root.map_or(&[][..], |root| self.units.bindings(root));
            calls.extend(bindings.iter().filter_map(|binding| match binding {
                Binding::Live(symbol) => Some(blocks.identity(*symbol).into_owned()),
                _ => None,
            }));
        }
        calls.sort_unstable();
        calls.dedup();
        calls
    }

    /// The statics that the live functions reach, sorted by name.
    pub fn statics(&self) -> &[Static] {
        &self.statics
    }
}

#[cfg(test)]
mod tests;
