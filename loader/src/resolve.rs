//! Resolve: every relocation of every unit to be linked gets its value, or the unit that will have
//! it (phase: resolve). Units that are not in memory yet join the batch as they are met.
//!
//! Nothing is placed here and nothing shared is changed, except that names found are remembered,
//! and the places of thread-locals, so that a failure leaves no trace.

mod meaning;
mod outside;
mod shared;
mod thread_local;

pub(crate) use self::meaning::Meanings;
use self::shared::fingerprint;
use self::thread_local::MODULE_BASE;
use crate::arch::{self, Kind, Operand};
use crate::batch::{Batch, Entry, Found, Pending, PendingId, Role, Source, Value, units_of};
use crate::blocks::{BlockId, BlockKind, Blocks, Target};
use crate::error::{Error, ErrorKind};
use crate::graph::{Place, Relocation, SymbolId, SymbolKind};
use crate::host::{Definition, Symbols, is_mangled};
use crate::indirect;
use crate::linker::{Key, Selection, Shared, StaticKey, Store, Targets};
use crate::names::{Global, Globals, Placed, may_yield};
use crate::units::{Chunk, Units};

/// The phase's borrowed surroundings.
pub(crate) struct Resolver<'a> {
    pub(crate) selections: &'a [Selection<'a>],
    pub(crate) globals: &'a Globals<'a>,
    pub(crate) symbols: &'a mut Symbols,
    pub(crate) store: &'a mut Store,
    pub(crate) targets: &'a mut dyn Targets,
    pub(crate) batch: &'a mut Batch,
}

/// What code calls the base of the GOT.
const GOT_BASE: &str = "_GLOBAL_OFFSET_TABLE_";

/// A relocation in its surroundings, small enough to copy.
#[derive(Clone, Copy)]
pub(crate) struct Site {
    pub(crate) own: PendingId,
    pub(crate) source: Source,
    pub(crate) root: BlockId,
    pub(crate) role: Role,
    pub(crate) chunk: Chunk,
    pub(crate) relocation: Relocation,
    /// Whether what is meant is what the resolver at this place chooses.
    pub(crate) is_indirect: bool,
}

impl<'a> Resolver<'a> {
    pub(crate) fn run(&mut self) -> Result<(), Error> {
        for (index, selection) in self.selections.iter().enumerate() {
            for &module in selection.functions {
                let module = selection.split.modules().get(module).ok_or_else(|| {
                    let why = format!("the split has no function module {module}");
                    Error::new(ErrorKind::Index, why)
                })?;
                if module.is_indirect {
                    indirect::check_live(&self.store.memory, &module.name)?;
                }
                let role = Role::Live(self.batch.calls.len() as u32);
                self.batch.calls.push(Vec::new());
                self.push(Source::Selection(index as u32), module.root, role, Key(0));
            }
        }
        self.gather_runs()?;
        self.gather_startup()?;
        let mut next = 0;
        while next < self.batch.pending.len() {
            self.resolve_unit(next)?;
            next += 1;
        }
        Ok(())
    }

    pub(crate) fn units(&self, source: Source) -> &Units {
        units_of(source, self.selections, self.symbols)
    }

    pub(crate) fn push(
        &mut self,
        source: Source,
        root: BlockId,
        role: Role,
        key: Key,
    ) -> PendingId {
        let places = self.batch.places.len() as u32;
        let chunks = self.units(source).chunks(root).len();
        self.batch.places.resize(places as usize + chunks, 0);
        self.batch.pending.push(Pending {
            source,
            root,
            role,
            key,
            places,
            values: 0,
            code: None,
            read_only: None,
            data: None,
            unwind: 0,
            entry: Entry::Plain,
        });
        PendingId(self.batch.pending.len() as u32 - 1)
    }

    fn resolve_unit(&mut self, index: usize) -> Result<(), Error> {
        let Pending { source, root, role, .. } = self.batch.pending[index];
        self.check_machine(source)?;
        self.batch.pending[index].values = self.batch.values.len() as u32;
        for ordinal in 0..self.units(source).chunks(root).len() {
            let chunk = self.units(source).chunks(root)[ordinal];
            for at in chunk.relocations.range() {
                let blocks = &self.units(source).blocks;
                let (relocation, target) = (blocks.graph.relocations[at], blocks.targets[at]);
                let own = PendingId(index as u32);
                let is_indirect = blocks.is_indirect(relocation.symbol);
                let site = Site { own, source, root, role, chunk, relocation, is_indirect };
                let value = self.value(&site, target).map_err(|error| self.locate(error, &site))?;
                self.batch.values.push(value);
            }
        }
        Ok(())
    }

    fn check_machine(&self, source: Source) -> Result<(), Error> {
        let graph = &self.units(source).blocks.graph;
        let here = self.store.memory.machine();
        if graph.machine == here {
            return Ok(());
        }
        let why = format!(
            "the object is for {}, and this program's memory for {}",
            graph.machine.name(),
            here.name()
        );
        Err(Error::new(ErrorKind::Unsupported, why).within(&graph.name))
    }

    pub(crate) fn locate(&self, error: Error, site: &Site) -> Error {
        let blocks = &self.units(site.source).blocks;
        blocks.locate(error, site.chunk.section, &site.relocation).within(&blocks.graph.name)
    }

    pub(crate) fn value(&mut self, site: &Site, target: Target) -> Result<Value, Error> {
        let machine = self.units(site.source).blocks.graph.machine;
        if arch::is_mark(machine, site.relocation.kind) {
            return Ok(Value::Nothing);
        }
        let Some(kind) = arch::lookup(machine, site.relocation.kind) else {
            return Err(Error::new(
                ErrorKind::Relocation,
                "this loader does not apply relocations of this kind yet",
            ));
        };
        match kind.operand {
            Operand::GotBase => return Ok(Value::Address(self.store.memory.got_base())),
            Operand::Size => return self.size(site, target).map(Value::Address),
            _ => {}
        }
        match target {
            Target::Nothing => Ok(Value::Nothing),
            Target::Absolute(value) => match self.preferred(site) {
                Some(global) => self.global(site, kind, global),
                None => Ok(Value::Address(value)),
            },
            Target::Live(symbol) => match site.source {
                Source::Selection(index) => self.live(index, symbol),
                // Members are cut with nothing live.
                Source::Member(_) => Err(internal("a live function in an archive")),
            },
            Target::External { weak, .. } => self.external(site, kind, weak),
            Target::Block { block, at } => match self.preferred(site) {
                Some(global) => self.global(site, kind, global),
                None if site.is_indirect => {
                    let resolver = self.block(site, block, at)?;
                    self.indirect(resolver)
                }
                None => self.block(site, block, at),
            },
        }
    }

    /// The size of a symbol, where the program defines it.
    fn size(&self, site: &Site, target: Target) -> Result<u64, Error> {
        let graph = &self.units(site.source).blocks.graph;
        let global = match (target, site.source) {
            (Target::External { .. }, Source::Selection(_)) => {
                self.globals.find(graph.symbol_name(site.relocation.symbol))
            }
            _ => self.preferred(site),
        };
        match (global, target) {
            (Some(global), _) => {
                Ok(self.selected(global.selection).graph.symbol(global.symbol).size)
            }
            (None, Target::External { weak: false, .. }) => Err(Error::new(
                ErrorKind::Unsupported,
                "the size of a symbol that the objects of this link do not define is not known",
            )),
            (None, _) => Ok(graph.symbol(site.relocation.symbol).size),
        }
    }

    fn live(&mut self, selection: u32, symbol: SymbolId) -> Result<Value, Error> {
        let blocks = self.selected(selection);
        let slot = self.targets.slot(&blocks.identity(symbol))?;
        Ok(Value::Slot(self.store.memory.slot_address(slot.0)?))
    }

    /// The blocks of a selection, which outlive the link.
    fn selected(&self, selection: u32) -> &'a Blocks {
        let selections: &'a [Selection<'a>] = self.selections;
        &selections[selection as usize].split.units.blocks
    }

    /// The definition in another object that counts instead of the one this relocation names.
    fn preferred(&self, site: &Site) -> Option<Global> {
        let Source::Selection(index) = site.source else { return None };
        let graph = &self.selected(index).graph;
        let symbol = graph.symbol(site.relocation.symbol);
        if symbol.kind == SymbolKind::Section || !may_yield(graph, symbol) {
            return None;
        }
        let global = self.globals.find(graph.text(symbol.name))?;
        (global.selection != index).then_some(global)
    }

    /// A definition in the batch.
    fn global(&mut self, site: &Site, kind: Kind, global: Global) -> Result<Value, Error> {
        let blocks = self.selected(global.selection);
        if let Some(symbol) = blocks.live_meant(global.symbol)? {
            return self.live(global.selection, symbol);
        }
        let symbol = blocks.graph.symbol(global.symbol);
        if symbol.place == Place::Absolute {
            return Ok(Value::Address(symbol.value));
        }
        let (block, at) = blocks.definition(symbol).ok_or_else(|| {
            let why = format!("its definition in {} is not loaded", blocks.graph.name);
            Error::new(ErrorKind::Unsupported, why)
        })?;
        let source = Source::Selection(global.selection);
        self.check_kind(kind, source, block)?;
        match blocks.is_indirect(global.symbol) {
            true => self.indirect_at(site, source, block, at),
            false => self.unit(&Site { is_indirect: false, ..*site }, source, block, at),
        }
    }

    /// The indirect function whose resolver is at this place.
    fn indirect_at(
        &mut self,
        site: &Site,
        source: Source,
        block: BlockId,
        at: i64,
    ) -> Result<Value, Error> {
        let resolver = self.unit(&Site { is_indirect: true, ..*site }, source, block, at)?;
        self.indirect(resolver)
    }

    fn host_variable(&self, source: Source, block: BlockId) -> Result<Option<Definition>, Error> {
        let Source::Member(member) = source else { return Ok(None) };
        let blocks = &self.symbols.archives.units(member).blocks;
        let block = blocks.block(block);
        let name = blocks.block_name(block);
        let is_global = block.symbol.is_some_and(|symbol| blocks.graph.symbol(symbol).is_global());
        match is_global || is_mangled(name) {
            true => self.symbols.host_variable(name),
            false => Ok(None),
        }
    }

    fn block(&mut self, site: &Site, block: BlockId, at: i64) -> Result<Value, Error> {
        let units = self.units(site.source);
        let kind = units.blocks.block(block).kind;
        if kind == BlockKind::Part || block == site.root {
            let chunk = units
                .ordinal(site.root, block)
                .ok_or_else(|| internal("a part of a unit is not in the unit"))?;
            return Ok(Value::Pending { unit: site.own, chunk: chunk as u32, at });
        }
        self.unit(site, site.source, block, at)
    }

    /// A root block of `source`: in memory already, in the batch already, or new.
    fn unit(
        &mut self,
        site: &Site,
        source: Source,
        block: BlockId,
        at: i64,
    ) -> Result<Value, Error> {
        match self.units(source).blocks.block(block).kind {
            BlockKind::ThreadLocal => self.thread_local(site, source, block, at),
            BlockKind::Static => self.variable(source, block, at),
            BlockKind::Text => self.private_code(site, source, block, at),
            BlockKind::ReadOnly => {
                let unit = self.units(source).unit(block).digest;
                let key = self.key(source, block, unit)?;
                // The batch first: a run in it has moved what is in memory.
                if let Some(unit) = self.batch.by_key.get(&key).copied() {
                    self.note_unit(source, block, unit);
                    return Ok(Value::Pending { unit, chunk: 0, at });
                }
                if let Some(Shared::Constant { address }) = self.store.shared.get(&key) {
                    let address = *address;
                    self.note_found(source, block, || Found::Placed(Placed::Data { address }));
                    return Ok(Value::Address((address as u64).wrapping_add_signed(at)));
                }
                let unit = self.push(source, block, Role::Constant, key);
                self.batch.by_key.insert(key, unit);
                Ok(Value::Pending { unit, chunk: 0, at })
            }
            BlockKind::Part => Err(internal("a part of another unit")),
        }
    }

    /// Notes what a block is that becomes no unit of its own, where other objects may ask for it by
    /// name. (A library's is found through its archive again.)
    fn note_found(&mut self, source: Source, block: BlockId, found: impl FnOnce() -> Found) {
        if let Source::Selection(index) = source
            && self.selected(index).is_exported(block)
        {
            self.batch.found.insert((index, block), found());
        }
    }

    /// The same for a block that is a unit of the batch, or has the content of one.
    fn note_unit(&mut self, source: Source, block: BlockId, unit: PendingId) {
        let pending = &self.batch.pending[unit.0 as usize];
        if (pending.source, pending.root) != (source, block) {
            self.note_found(source, block, || Found::Unit(unit));
        }
    }

    fn variable(&mut self, source: Source, block: BlockId, at: i64) -> Result<Value, Error> {
        if let Some(Definition::Address(address)) = self.host_variable(source, block)? {
            return Ok(Value::Address(address.wrapping_add_signed(at)));
        }
        let key = self.static_key(source, block)?;
        if let Some(address) = self.store.statics.get(&key) {
            let address = *address;
            self.note_found(source, block, || Found::Placed(Placed::Data { address }));
            return Ok(Value::Address((address as u64).wrapping_add_signed(at)));
        }
        let known = self.batch.by_static.get(&key).copied();
        let unit = known.unwrap_or_else(|| {
            let unit = self.push(source, block, Role::Static, Key(0));
            self.batch.statics.push((key.clone(), unit));
            self.batch.by_static.insert(key, unit);
            unit
        });
        self.note_unit(source, block, unit);
        Ok(Value::Pending { unit, chunk: 0, at })
    }

    /// What the variable is found again by.
    pub(crate) fn static_key(
        &mut self,
        source: Source,
        block: BlockId,
    ) -> Result<StaticKey, Error> {
        let blocks = &units_of(source, self.selections, self.symbols).blocks;
        let it = blocks.block(block);
        if it.symbol.is_none() {
            let why = "a variable without a symbol could not be found again at the next swap";
            return Err(Error::new(ErrorKind::Ambiguous, why));
        }
        let name = blocks.block_identity(block);
        let fingerprint = match source {
            Source::Selection(_) => fingerprint(self.targets, blocks, block),
            // A library's variable: its layout is the library's business.
            Source::Member(_) => 0,
        };
        Ok(StaticKey { name: name.into(), size: it.size(), align: it.align, fingerprint })
    }
}

fn contradiction() -> Error {
    Error::new(
        ErrorKind::ThreadLocal,
        "one side says that the symbol is thread-local and the other that it is not",
    )
}

/// A contradiction between the phases: a defect of this loader, reported rather than a panic.
fn internal(what: &str) -> Error {
    Error::new(ErrorKind::Unsupported, format!("{what}: please report this object"))
}
