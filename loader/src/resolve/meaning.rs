//! What names mean that objects leave to each other (phase: resolve).
//!
//! A digest says of such a name what it is called. Which definition it means is a matter of the
//! batch, and of what was linked before; so private code and constants that reach one
//! are known by a digest of these meanings too (`shared.rs`), or they would be found again as they
//! were before another object's constant was edited. There is one digest for a whole batch:
//! what a definition in it means depends, by the names that it refers to itself, on those of all
//! objects. Where no name leads to another object, as in a program of one, there is none.

use xxhash_rust::xxh3::xxh3_128;

use super::Resolver;
use crate::batch::{Entry, Source};
use crate::blocks::{BlockId, BlockKind, Blocks};
use crate::error::Error;
use crate::graph::{Place, SymbolKind};
use crate::linker::Selection;
use crate::names::{Global, Placed, may_yield};
use crate::runs::is_identifier;
use crate::thread_locals::{Initial, Variable};

/// The digests of a batch, once somebody asks.
#[derive(Default)]
pub(crate) struct Meanings {
    /// Of all names.
    all: Option<Option<u128>>,
    /// Of those that are not the bounds of sections.
    unbounded: Option<Option<u128>>,
}

/// A meaning in the making: what it is, as bytes that tell it from every other.
#[derive(Default)]
struct Meaning(Vec<u8>);

impl Meaning {
    fn of(kind: u8) -> Meaning {
        Meaning(vec![kind])
    }

    fn and(mut self, number: u128) -> Meaning {
        self.0.extend_from_slice(&number.to_le_bytes());
        self
    }

    fn named(mut self, name: &str) -> Meaning {
        self.0.extend_from_slice(&(name.len() as u32).to_le_bytes());
        self.0.extend_from_slice(name.as_bytes());
        self
    }
}

impl<'a> Resolver<'a> {
    /// What the names mean that `block`, which refers to some, leaves to other objects.
    pub(super) fn meanings(&mut self, source: Source, block: BlockId) -> Option<u128> {
        // Members of archives know each other and the host only.
        let Source::Selection(index) = source else { return None };
        match is_entry(self.selected(index), block) {
            // What lies between the bounds is known by its entries: not by the bounds again.
            true => {
                let known = self.batch.meanings.unbounded;
                let digest = known.unwrap_or_else(|| self.digest_of_meanings(Bounds::LeftOut));
                self.batch.meanings.unbounded = Some(digest);
                digest
            }
            false => {
                let known = self.batch.meanings.all;
                let digest = known.unwrap_or_else(|| self.digest_of_meanings(Bounds::Included));
                self.batch.meanings.all = Some(digest);
                digest
            }
        }
    }

    fn digest_of_meanings(&mut self, bounds: Bounds) -> Option<u128> {
        let mut names = self.names_of_others();
        names.sort_unstable();
        names.dedup();
        let mut all = Vec::new();
        for name in names {
            // What cannot be said is an error where code refers to it, if any does.
            if let Ok(Some(meaning)) = self.meaning(name, bounds) {
                all.extend_from_slice(&Meaning::default().named(name).0);
                all.extend_from_slice(&xxh3_128(&meaning.0).to_le_bytes());
            }
        }
        (!all.is_empty()).then(|| xxh3_128(&all))
    }

    /// The names that the batch's objects leave to others, where the program has something under them.
    fn names_of_others(&self) -> Vec<&'a str> {
        let selections: &'a [Selection<'a>] = self.selections;
        let mut names = Vec::new();
        for (index, selection) in selections.iter().enumerate() {
            let graph = &selection.split.units.blocks.graph;
            for symbol in &graph.symbols {
                let is_outside = matches!(symbol.place, Place::Undefined { .. });
                // Only another object of the batch can have the definition that counts.
                let may_be_others = is_outside || selections.len() > 1 && may_yield(graph, symbol);
                if !may_be_others || symbol.kind == SymbolKind::Section {
                    continue;
                }
                let name = graph.text(symbol.name);
                let is_others = match is_outside {
                    true => self.is_own_name(name),
                    false => {
                        self.globals.find(name).is_some_and(|it| it.selection as usize != index)
                    }
                };
                if is_others {
                    names.push(name);
                }
            }
        }
        names
    }

    /// Whether the program itself may have something under an undefined name.
    fn is_own_name(&self, name: &str) -> bool {
        self.globals.find(name).is_some()
            || self.store.placed.contains_key(name)
            || self.run_of(name).is_some()
    }

    fn meaning(&mut self, name: &str, bounds: Bounds) -> Result<Option<Meaning>, Error> {
        if let Some(global) = self.globals.find(name) {
            return self.global_meaning(global).map(Some);
        }
        let meaning = match self.store.placed.get(name) {
            Some(Placed::Data { address }) => Some(Meaning::of(0).and(*address as u128)),
            Some(Placed::Live { function }) => {
                let slot = self.targets.slot(function)?;
                Some(Meaning::of(1).and(u128::from(slot.0)))
            }
            Some(Placed::Code { group, address, entry, is_indirect }) => {
                let is_checked = *entry == Entry::Checked;
                let meaning = Meaning::of(2).and(*address as u128).and(u128::from(is_checked));
                // Who calls it keeps it, so nothing else is at its address for them.
                (group.strong_count() > 0).then(|| meaning.and(u128::from(*is_indirect)))
            }
            Some(Placed::ThreadLocal(Variable { place, initial })) => {
                let is_image = *initial == Initial::Image;
                let meaning = Meaning::of(3).and(u128::from(place.module));
                Some(meaning.and(u128::from(place.offset)).and(u128::from(is_image)))
            }
            None => None,
        };
        let is_bound = meaning.is_none() && bounds == Bounds::Included;
        let run = is_bound.then(|| self.run_of(name)).flatten();
        Ok(meaning.or(run.map(|identity| Meaning::of(4).and(identity))))
    }

    /// What a definition in the batch means, but for the names that it refers to.
    fn global_meaning(&mut self, global: Global) -> Result<Meaning, Error> {
        let blocks = self.selected(global.selection);
        if let Some(symbol) = blocks.live_meant(global.symbol)? {
            let slot = self.targets.slot(&blocks.identity(symbol))?;
            return Ok(Meaning::of(5).and(u128::from(slot.0)));
        }
        let symbol = blocks.graph.symbol(global.symbol);
        let Some((block, at)) = blocks.definition(symbol) else {
            return Ok(Meaning::of(6).and(u128::from(symbol.value)));
        };
        let source = Source::Selection(global.selection);
        let meaning = match blocks.block(block).kind {
            BlockKind::Static | BlockKind::ThreadLocal => {
                let key = self.static_key(source, block)?;
                let layout = u128::from(key.size) << 32 | u128::from(key.align);
                Meaning::of(7).named(&key.name).and(layout).and(key.fingerprint)
            }
            BlockKind::Text | BlockKind::ReadOnly | BlockKind::Part => {
                let digest = self.units(source).unit(block).digest;
                let key = self.bound_key(source, block, digest)?;
                Meaning::of(8).and(key.0).and(u128::from(blocks.is_indirect(global.symbol)))
            }
        };
        Ok(meaning.and(at as u128).and(u128::from(symbol.size)))
    }
}

/// Whether the bounds of sections count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bounds {
    Included,
    LeftOut,
}

/// Whether the block may be an entry of a section with bounds.
fn is_entry(blocks: &Blocks, block: BlockId) -> bool {
    let block = blocks.block(block);
    block.kind == BlockKind::ReadOnly && is_identifier(blocks.graph.section_name(block.section))
}
