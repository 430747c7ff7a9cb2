//! The linker: the phases in order, and what outlives one link.
//!
//! `link` runs resolve, place, relocate, seal over a batch; parse, split and prune happened when
//! the `Split` was made. The first three change nothing that another link sees, so a failed link
//! leaves everything as it was.

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use crate::batch::{Batch, Entry};
use crate::debug::{Generations, Tools};
use crate::error::Error;
use crate::got::Tables;
use crate::host::Symbols;
use crate::linked::{Group, Kept, Linked};
use crate::map::Placement;
use crate::memory::{Memory, serialise_cores};
use crate::names::{Globals, PlacedNames};
use crate::resolve::Resolver;
use crate::runs::PlacedRun;
use crate::split::Split;
use crate::startup::Startup;
use crate::thread_locals::ThreadLocals;
use crate::{entries, indirect, place, relocate, seal, startup};

/// Index of a slot in the program's table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct SlotIndex(pub u32);

/// What a commit says about the functions and variables its code refers to.
pub trait Targets {
    /// The slot that callers of this live function use in this commit. A local function is named
    /// `object:symbol`.
    ///
    /// # Errors
    /// When there is none, with the reason; the link fails with it.
    fn slot(&mut self, function: &str) -> Result<SlotIndex, Error>;

    /// The identity of a static's type. With name, size and alignment it finds the existing
    /// variable again; a different one makes a new variable.
    fn static_fingerprint(&mut self, name: &str) -> u128;

    /// The number by which people know the generation that is being linked. Backtraces and tools
    /// show it behind the names of functions. Without one they show how often the linker has linked
    /// code of that name.
    fn generation(&self) -> Option<u64> {
        None
    }
}

/// Function modules of one split that are to be linked, by index in [`Split::modules`]. What the
/// object defines under global names is there for the other objects of the batch, even where none
/// of its functions is chosen; later links find what this one placed.
pub struct Selection<'a> {
    /// The split.
    pub split: &'a Split,
    /// Which of its modules.
    pub functions: &'a [usize],
}

/// What shared content is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key(pub(crate) u128);

/// What is in memory under a key.
pub(crate) enum Shared {
    Code { group: Weak<Group>, address: usize, entry: Entry },
    Constant { address: usize },
}

/// What a static is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct StaticKey {
    pub(crate) name: Box<str>,
    pub(crate) size: u32,
    pub(crate) align: u32,
    pub(crate) fingerprint: u128,
}

/// What outlives one link.
pub(crate) struct Store {
    pub(crate) memory: Arc<Memory>,
    pub(crate) tables: Tables,
    pub(crate) shared: HashMap<Key, Shared>,
    /// Entries in `shared` after the last sweep of reclaimed ones.
    swept: usize,
    pub(crate) statics: HashMap<StaticKey, usize>,
    pub(crate) thread_locals: ThreadLocals,
    /// Global names that links so far have placed.
    pub(crate) placed: PlacedNames,
    /// Sections with bounds, by name.
    pub(crate) runs: HashMap<Box<str>, PlacedRun>,
    pub(crate) startup: Startup,
    pub(crate) generations: Generations,
    pub(crate) kept: Kept,
    /// In another address space, what was placed and not asked for yet.
    pub(crate) map: Vec<Placement>,
    /// Whether `kept` and `memory` are never given back.
    outlives: bool,
}

impl Store {
    /// From now on the program's memory, and the private code that is kept, outlive the program: any
    /// thread may run a thread-local's destructor, or copy its initial value, as long as it lives.
    pub(crate) fn outlive(&mut self) {
        if !std::mem::replace(&mut self.outlives, true) {
            std::mem::forget(Arc::clone(&self.kept));
            std::mem::forget(Arc::clone(&self.memory));
        }
    }

    /// Remembers shared content, and now and then forgets what has been reclaimed.
    pub(crate) fn share(&mut self, key: Key, shared: Shared) {
        self.shared.insert(key, shared);
        if self.shared.len() > 2 * self.swept + 1024 {
            self.shared.retain(|_, shared| match shared {
                Shared::Code { group, .. } => group.strong_count() > 0,
                Shared::Constant { .. } => true,
            });
            self.swept = self.shared.len();
        }
    }
}

/// Links function modules into one program's memory.
pub struct Linker {
    pub(crate) store: Store,
    symbols: Symbols,
    batch: Batch,
    times: Times,
}

/// How long the phases of a link took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Times {
    /// Finding what every relocation names.
    pub resolve: Duration,
    /// Taking ranges.
    pub place: Duration,
    /// Writing bytes and fields.
    pub relocate: Duration,
    /// Making the batch visible and owned.
    pub seal: Duration,
}

impl Linker {
    /// A linker into `memory`. Undefined names are looked for in `symbols`.
    pub fn new(memory: Arc<Memory>, symbols: Symbols) -> Linker {
        let store = Store {
            tables: Tables::new(Arc::clone(&memory)),
            memory,
            shared: HashMap::new(),
            swept: 0,
            statics: HashMap::new(),
            thread_locals: ThreadLocals::default(),
            placed: PlacedNames::new(),
            runs: HashMap::new(),
            startup: Startup::default(),
            generations: Generations::default(),
            kept: Kept::default(),
            map: Vec::new(),
            outlives: false,
        };
        Linker { store, symbols, batch: Batch::default(), times: Times::default() }
    }

    /// Tells debuggers and profilers of the code that is linked already, and from now on of every
    /// link. Files that could not be written meanwhile are given up silently.
    ///
    /// # Errors
    /// `File` when a file for perf cannot be made; `Unsupported` for code of another address space.
    pub fn tools(&mut self, tools: Tools) -> Result<(), Error> {
        self.store.memory.set_tools(tools)
    }

    /// The stable address of the live function in `slot`: a jump through the slot, made once.
    ///
    /// # Errors
    /// `Index` for a slot beyond the table, `WindowFull` when the code window is.
    pub fn stub(&mut self, slot: SlotIndex) -> Result<usize, Error> {
        let memory = Arc::clone(&self.store.memory);
        let _writing = memory.writing();
        let word = memory.slot_address(slot.0)?;
        let stub = self.store.tables.stub_through(word)?;
        if self.store.tables.reused {
            serialise_cores()?;
            self.store.tables.reused = false;
        }
        Ok(stub)
    }

    /// Links the selected function modules: all of them or, on an error, none. The results are in
    /// the order of the batch. They are sealed but not published: nothing calls them yet. Resolvers
    /// of indirect functions run before this returns ([`Resolvers`](crate::Resolvers)); constructors run when
    /// [`Linker::construct`] is called, after what they call was published.
    ///
    /// # Errors
    /// Every phase's: the message names object, section, offset, relocation kind and symbol.
    pub fn link(
        &mut self,
        batch: &[Selection<'_>],
        targets: &mut dyn Targets,
    ) -> Result<Vec<Linked>, Error> {
        let result = self.link_phases(batch, targets);
        // On an error these give back what was placed.
        match &result {
            Ok(_) => self.store.thread_locals.keep(),
            Err(_) => self.store.thread_locals.give_back(self.store.memory.space()),
        }
        self.batch.clear();
        result
    }

    fn link_phases(
        &mut self,
        selections: &[Selection<'_>],
        targets: &mut dyn Targets,
    ) -> Result<Vec<Linked>, Error> {
        let Linker { store, symbols, batch, times } = self;
        let mut last = Instant::now();
        let mut since_last = || {
            let now = Instant::now();
            now - std::mem::replace(&mut last, now)
        };
        *times = Times::default();
        let memory = Arc::clone(&store.memory);
        symbols.check(memory.space())?;
        store.generations.given = targets.generation();
        let globals = Globals::of(selections)?;
        Resolver { selections, globals: &globals, symbols, store, targets, batch }.run()?;
        times.resolve = since_last();
        let _writing = memory.writing();
        place::run(batch, &memory, selections, symbols)?;
        times.place = since_last();
        indirect::prepare(batch, store, selections, symbols)?;
        relocate::run(batch, &mut store.tables, selections, symbols)?;
        startup::prepare(batch, store)?;
        entries::run(batch, store, symbols)?;
        times.relocate = since_last();
        let mut linked = seal::run(batch, store, &globals, selections, symbols)?;
        indirect::choose(batch, store, selections, &mut linked);
        startup::remember(batch, store);
        times.seal = since_last();
        Ok(linked)
    }

    /// How long the phases of the last link took; those that it did not reach took no time.
    pub fn times(&self) -> Times {
        self.times
    }

    /// The link map: where everything went that was placed since the last call, private code,
    /// constants, statics and unwind records included, in the order of placement. What was there
    /// already from an earlier link is not placed again. Kept in [`Space::There`](crate::Space::There)
    /// only; elsewhere it is empty.
    pub fn placements(&mut self) -> Vec<Placement> {
        std::mem::take(&mut self.store.map)
    }

    /// Whether code of this program has thread-locals of its own. Then threads may run their
    /// destructors at any time, also after the program is gone: its memory is never unmapped, and
    /// whoever owns the [`Linked`] that destructors call must not drop it while such a thread lives.
    pub fn has_thread_locals(&self) -> bool {
        self.store.outlives
    }

    /// The thread-locals of this program's code: symbol, distance from the thread pointer, size in
    /// bytes.
    pub fn thread_locals(&self) -> impl Iterator<Item = (&str, i64, usize)> {
        self.store.thread_locals.places().map(|(key, place)| {
            let offset = self.symbols.thread_pointer_offset(place.module, place.offset);
            (&*key.name, offset as i64, key.size as usize)
        })
    }

    /// The statics in memory: symbol, address, size in bytes.
    pub fn statics(&self) -> impl Iterator<Item = (&str, usize, usize)> {
        let statics = self.store.statics.iter();
        statics.map(|(key, address)| (&*key.name, *address, key.size as usize))
    }
}

#[cfg(test)]
mod tests;
