//! Names across the objects of a program: which definition a global name means (phase: resolve).
//!
//! Linkers decide once, over all objects. Here objects come and go, so the rule is by time: a name
//! means its definition in the batch being linked, else what an earlier link placed under it. In
//! one batch a strong definition wins over tentative (common) ones and those over weak ones; among
//! equals the first wins, of tentative ones the largest; two strong ones are an error. Members of
//! COMDAT groups count as weak, whatever they say. Live functions are no part of this: there the
//! definition published last wins, which is what a swap is.
//!
//! A local name means something in its own object only: outside, it is written `object:name`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Weak};

use crate::batch::{Batch, Entry, Found, Pending, Role, Source};
use crate::blocks::{BlockId, BlockKind, Blocks};
use crate::error::{Error, ErrorKind};
use crate::graph::{Graph, Linkage, Place, SectionKind, Symbol, SymbolId, SymbolKind};
use crate::host::is_mangled;
use crate::linked::Group;
use crate::linker::Selection;
use crate::split::Split;
use crate::thread_locals::Variable;

/// How much a definition counts against others of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Weak,
    /// By size.
    Common(u32),
    Strong,
}

/// A definition in one of the batch's selections.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Global {
    pub(crate) selection: u32,
    pub(crate) symbol: SymbolId,
    strength: Strength,
}

/// The global names that a batch defines.
#[derive(Default)]
pub(crate) struct Globals<'a> {
    by_name: HashMap<&'a [u8], Global>,
}

impl<'a> Globals<'a> {
    /// # Errors
    /// `Duplicate` for a name with two strong definitions, and for a variable of two objects of one
    /// name.
    pub(crate) fn of(selections: &'a [Selection<'a>]) -> Result<Globals<'a>, Error> {
        let mut globals = Globals::default();
        // With one object every reference to a name of its own has its target already.
        if selections.len() > 1 {
            refuse_namesakes(selections)?;
            for (index, selection) in selections.iter().enumerate() {
                globals.add(index as u32, selections, &selection.split.units.blocks)?;
            }
        }
        Ok(globals)
    }

    pub(crate) fn find(&self, name: &str) -> Option<Global> {
        self.by_name.get(name.as_bytes()).copied()
    }

    fn add(
        &mut self,
        selection: u32,
        selections: &[Selection<'_>],
        blocks: &'a Blocks,
    ) -> Result<(), Error> {
        let graph = &blocks.graph;
        for (index, symbol) in graph.symbols.iter().enumerate() {
            let is_definition = matches!(symbol.place, Place::Section(_) | Place::Absolute);
            if !is_definition || !symbol.is_global() {
                continue;
            }
            let name = graph.spelling(symbol.name);
            let id = SymbolId(index as u32);
            let new = Global { selection, symbol: id, strength: strength(graph, symbol) };
            let Some(old) = self.by_name.get(name).copied() else {
                self.by_name.insert(name, new);
                continue;
            };
            let both_strong = (old.strength, new.strength) == (Strength::Strong, Strength::Strong);
            if both_strong && !blocks.is_live(id) {
                let first = &selections[old.selection as usize].split.units.blocks.graph;
                let name = graph.text(symbol.name);
                let why = format!(
                    "{name} is defined in {} and again in {}: make one of them static or rename it",
                    whereabouts(first, old.symbol),
                    whereabouts(graph, id)
                );
                return Err(Error::new(ErrorKind::Duplicate, why));
            }
            if new.strength > old.strength {
                self.by_name.insert(name, new);
            }
        }
        Ok(())
    }
}

/// Where an object defines a symbol, for messages.
fn whereabouts(graph: &Graph, id: SymbolId) -> String {
    let symbol = graph.symbol(id);
    match symbol.place {
        Place::Section(section) => {
            format!("{} at {}+{:#x}", graph.name, graph.section_name(section), symbol.value)
        }
        _ => format!("{} as {:#x}", graph.name, symbol.value),
    }
}

/// Variables that are local to two objects of one name would be the same variable, `object:name`.
fn refuse_namesakes(selections: &[Selection<'_>]) -> Result<(), Error> {
    let mut objects: HashMap<&str, Vec<&Split>> = HashMap::new();
    let mut known = HashSet::new();
    for selection in selections {
        // Different functions of one split are of one object.
        if known.insert(std::ptr::from_ref(selection.split)) {
            let object = &selection.split.units.blocks.graph.name;
            objects.entry(object).or_default().push(selection.split);
        }
    }
    for (object, namesakes) in objects.iter().filter(|(_, namesakes)| namesakes.len() > 1) {
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (index, split) in namesakes.iter().enumerate() {
            for name in split.units.blocks.local_variables() {
                if *known.entry(name).or_insert(index) == index {
                    continue;
                }
                let why = format!(
                    "{name} is local to two objects that are both called {object}: give one of them another name"
                );
                return Err(Error::new(ErrorKind::Duplicate, why));
            }
        }
    }
    Ok(())
}

fn strength(graph: &Graph, symbol: &Symbol) -> Strength {
    match (symbol.linkage, symbol.place) {
        (Linkage::Common, Place::Section(section)) => Strength::Common(graph.section(section).size),
        _ if may_yield(graph, symbol) => Strength::Weak,
        _ => Strength::Strong,
    }
}

/// Whether another object's definition of the name may count instead of this one.
pub(crate) fn may_yield(graph: &Graph, symbol: &Symbol) -> bool {
    let is_comdat =
        || matches!(symbol.place, Place::Section(section) if graph.section(section).is_comdat);
    match symbol.linkage {
        Linkage::Local => false,
        Linkage::Weak | Linkage::Common => true,
        Linkage::Global => is_comdat(),
    }
}

/// What an earlier link placed under a global name.
#[derive(Debug, Clone)]
pub(crate) enum Placed {
    /// A variable or constant, which stays, or a number.
    Data {
        address: usize,
    },
    /// Another name of this live function.
    Live {
        function: Box<str>,
    },
    /// Private code, while somebody calls it.
    Code {
        group: Weak<Group>,
        address: usize,
        entry: Entry,
        /// What its code chooses is what the name means.
        is_indirect: bool,
    },
    ThreadLocal(Variable),
}

/// The global names that earlier links placed.
pub(crate) type PlacedNames = HashMap<Box<str>, Placed>;

impl Placed {
    /// What a symbol names that is `at` bytes into this.
    fn named(&self, symbol: &Symbol, at: i64) -> Placed {
        let after = |address: usize| address.wrapping_add_signed(at as isize);
        match self {
            Placed::Data { address } => Placed::Data { address: after(*address) },
            Placed::Live { function } => Placed::Live { function: function.clone() },
            Placed::Code { group, address, entry, .. } => Placed::Code {
                group: Weak::clone(group),
                address: after(*address),
                entry: if at == 0 { *entry } else { Entry::Plain },
                is_indirect: symbol.kind == SymbolKind::Indirect,
            },
            Placed::ThreadLocal(Variable { place, initial }) => {
                Placed::ThreadLocal(Variable { place: place.after(at), initial: *initial })
            }
        }
    }
}

/// Remembers what the names of the batch's objects mean that it placed or found in memory, for later
/// links.
pub(crate) fn remember(
    batch: &Batch,
    globals: &Globals<'_>,
    selections: &[Selection<'_>],
    placed: &mut PlacedNames,
) {
    let mut remember = |selection: u32, symbol: SymbolId, what: Placed| {
        let name = selections[selection as usize].split.units.blocks.graph.symbol_name(symbol);
        // Where another definition counts, code may refer to this one by its section.
        if globals.find(name).is_none_or(|it| (it.selection, it.symbol) == (selection, symbol)) {
            match placed.get_mut(name) {
                Some(known) => *known = what,
                None => _ = placed.insert(name.into(), what),
            }
        }
    };
    let found = batch.found.iter().filter_map(|((selection, block), found)| {
        let what = match found {
            Found::Placed(placed) => placed.clone(),
            Found::Unit(unit) => new_place(batch, &batch.pending[unit.0 as usize])?,
        };
        Some((*selection, *block, what))
    });
    let new = batch.pending.iter().filter_map(|pending| {
        let Source::Selection(index) = pending.source else { return None };
        Some((index, pending.root, new_place(batch, pending)?))
    });
    for (selection, block, what) in new.chain(found) {
        let blocks = &selections[selection as usize].split.units.blocks;
        for (id, at) in blocks.exports_of(block) {
            remember(selection, id, what.named(blocks.graph.symbol(id), at));
        }
    }
    for (index, selection) in selections.iter().enumerate() {
        let blocks = &selection.split.units.blocks;
        for &symbol in &blocks.exports.unplaced {
            let what = match blocks.live_meant(symbol) {
                Ok(Some(live)) => Placed::Live { function: blocks.identity(live).into() },
                Ok(None) => Placed::Data { address: blocks.graph.symbol(symbol).value as usize },
                // A name that only says where a resolver is.
                Err(_) => continue,
            };
            remember(index as u32, symbol, what);
        }
    }
}

/// What the names of a unit of the batch mean.
fn new_place(batch: &Batch, pending: &Pending) -> Option<Placed> {
    let address = batch.places[pending.places as usize];
    match pending.role {
        Role::Live(_) | Role::Image => None,
        Role::Constant | Role::Static => Some(Placed::Data { address }),
        Role::Private(group) => {
            let group = Arc::downgrade(&batch.groups[group as usize].group);
            Some(Placed::Code { group, address, entry: pending.entry, is_indirect: false })
        }
    }
}

/// The names under which other objects may ask for something of an object.
#[derive(Default)]
pub(crate) struct Exports {
    /// Those of blocks that are placed under the block's own role, by block.
    placed: Vec<(BlockId, SymbolId)>,
    /// Absolute symbols, and further names of live functions.
    unplaced: Vec<SymbolId>,
}

impl Blocks {
    /// The name of a symbol as the program knows it: a local one is its object's own. (Rust's
    /// mangled names are unique even where they are local.)
    pub(crate) fn identity(&self, id: SymbolId) -> Cow<'_, str> {
        let (symbol, name) = (self.graph.symbol(id), self.graph.symbol_name(id));
        let is_local = symbol.linkage == Linkage::Local && symbol.place != Place::Absolute;
        match is_local && !is_mangled(name) {
            true => Cow::Owned(format!("{}:{name}", self.graph.name)),
            false => Cow::Borrowed(name),
        }
    }

    /// The names of variables that mean something in this object only.
    fn local_variables(&self) -> impl Iterator<Item = &str> {
        let graph = &self.graph;
        let is_variable = |place: Place| {
            use SectionKind::{ThreadLocal, Writable};
            matches!(place, Place::Section(section)
                if matches!(graph.section(section).kind, ThreadLocal | Writable))
        };
        let locals = graph.symbols.iter().filter(move |symbol| {
            !symbol.is_global() && symbol.kind != SymbolKind::Section && is_variable(symbol.place)
        });
        let names = locals.map(|symbol| graph.text(symbol.name));
        names.filter(|name| !name.is_empty() && !is_mangled(name))
    }

    /// The name of a block as the program knows it.
    pub(crate) fn block_identity(&self, id: BlockId) -> Cow<'_, str> {
        let block = self.block(id);
        match block.symbol {
            Some(symbol) => self.identity(symbol),
            None => Cow::Borrowed(self.graph.section_name(block.section)),
        }
    }

    /// Whether other objects may ask for something in the block by name.
    pub(crate) fn is_exported(&self, block: BlockId) -> bool {
        self.exports_of(block).next().is_some()
    }

    /// Lists what other objects may ask for by name.
    pub(crate) fn export(&mut self) {
        let mut exports = Exports::default();
        for (index, symbol) in self.graph.symbols.iter().enumerate() {
            let id = SymbolId(index as u32);
            if !symbol.is_global() || self.is_live(id) {
                continue;
            }
            match self.definition(symbol) {
                _ if symbol.place == Place::Absolute => exports.unplaced.push(id),
                Some((block, 0))
                    if self.live_in[self.block(block).section.0 as usize].is_some() =>
                {
                    exports.unplaced.push(id);
                }
                Some((block, _)) => exports.placed.push((block, id)),
                None => {}
            }
        }
        exports.placed.sort_unstable();
        self.exports = exports;
    }

    /// The global names in a block, with their positions in it.
    pub(crate) fn exports_of(&self, block: BlockId) -> impl Iterator<Item = (SymbolId, i64)> {
        let names = &self.exports.placed;
        let first = names.partition_point(|(other, _)| *other < block);
        let own = names[first..].iter().take_while(move |(other, _)| *other == block);
        own.map(move |&(_, id)| {
            let symbol = self.graph.symbol(id);
            (id, symbol.value as i64 - i64::from(self.block(block).start))
        })
    }

    /// The blocks that other objects may ask for by name.
    pub(crate) fn global_blocks(&self) -> Vec<BlockId> {
        let is_root = |id: &BlockId| {
            let kind = self.block(*id).kind;
            use BlockKind::{ReadOnly, Static, Text, ThreadLocal};
            matches!(kind, Text | ReadOnly | Static | ThreadLocal)
        };
        let mut blocks: Vec<_> = self.exports.placed.iter().map(|(block, _)| *block).collect();
        blocks.dedup();
        blocks.retain(is_root);
        blocks
    }
}
