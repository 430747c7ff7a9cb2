//! One link in progress: the units that are becoming code and data, and what is known of them so
//! far (phases: resolve to seal). It owns the ranges that place takes, so that dropping it undoes a
//! failed link.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::arch;
use crate::blocks::BlockId;
use crate::host::Symbols;
use crate::indirect::PendingIndirect;
use crate::linked::Group;
use crate::linker::{Key, Selection, StaticKey};
use crate::memory::{Allocation, Region};
use crate::names::Placed;
use crate::resolve::Meanings;
use crate::runs::Run;
use crate::startup::PendingStartup;
use crate::thread_locals::{Initial, Place};
use crate::units::Units;

/// Index into [`Batch::pending`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PendingId(pub(crate) u32);

/// Whose tables a unit is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    /// The batch's `n`th selection.
    Selection(u32),
    /// A member of an archive.
    Member(u32),
}

/// What a unit becomes when it is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// The `n`th result of the link.
    Live(u32),
    /// Private code of a group.
    Private(u32),
    /// Constant data.
    Constant,
    Static,
    /// The initial value of a thread-local.
    Image,
}

/// How a unit of code is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    /// At its first byte.
    Plain,
    /// Through a check in front of it, for thread-locals that start as something.
    Checked,
}

impl Entry {
    /// Where code whose first byte is at `body` is entered.
    pub(crate) fn address(self, body: usize) -> usize {
        match self {
            Entry::Plain => body,
            Entry::Checked => body - arch::CHECK_ENTRY,
        }
    }
}

/// A unit that is being linked.
pub(crate) struct Pending {
    pub(crate) source: Source,
    pub(crate) root: BlockId,
    pub(crate) role: Role,
    pub(crate) key: Key,
    /// First of its chunks in [`Batch::places`], as many as the unit has.
    pub(crate) places: u32,
    /// First of its relocations in [`Batch::values`].
    pub(crate) values: u32,
    pub(crate) code: Option<Allocation>,
    pub(crate) read_only: Option<Allocation>,
    pub(crate) data: Option<Allocation>,
    /// Address of its `.eh_frame`, 0 without one.
    pub(crate) unwind: usize,
    pub(crate) entry: Entry,
}

impl Pending {
    pub(crate) fn allocation(&mut self, region: Region) -> Option<&mut Allocation> {
        match region {
            Region::Code => self.code.as_mut(),
            Region::ReadOnly => self.read_only.as_mut(),
            Region::Data => self.data.as_mut(),
        }
    }
}

/// A new group of private code.
pub(crate) struct PendingGroup {
    pub(crate) group: Arc<Group>,
    pub(crate) keep: bool,
    pub(crate) calls: Vec<Arc<Group>>,
}

/// What a block is instead of a new unit.
pub(crate) enum Found {
    /// In memory already, or thread-local.
    Placed(Placed),
    /// The same as this unit.
    Unit(PendingId),
}

/// A thread-local that the program has not had before.
pub(crate) struct NewThreadLocal {
    pub(crate) key: StaticKey,
    pub(crate) place: Place,
    /// The unit of its initial value, if it has one but zeroes.
    pub(crate) image: Option<PendingId>,
}

impl NewThreadLocal {
    pub(crate) fn initial(&self) -> Initial {
        if self.image.is_some() { Initial::Image } else { Initial::Zeroes }
    }
}

/// What a relocation's symbol stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Value {
    Nothing,
    /// Code or data that is in memory.
    Address(u64),
    /// `at` bytes into a chunk of a unit of this batch.
    Pending {
        unit: PendingId,
        chunk: u32,
        at: i64,
    },
    /// A live function, by the address of its slot word; an indirect one, by that of its word.
    Slot(usize),
    /// The word by which the C library knows this program (`__dso_handle`).
    Handle,
    /// An indirect function that has no word yet, among [`Batch::indirect`].
    Indirect(u32),
    ThreadLocal {
        module: u64,
        offset: u64,
    },
}

/// One link in progress. Its vectors are kept from link to link.
#[derive(Default)]
pub(crate) struct Batch {
    pub(crate) pending: Vec<Pending>,
    pub(crate) values: Vec<Value>,
    /// Addresses of chunks, filled by place.
    pub(crate) places: Vec<usize>,
    pub(crate) groups: Vec<PendingGroup>,
    pub(crate) by_key: HashMap<Key, PendingId>,
    pub(crate) by_component: HashMap<Key, u32>,
    pub(crate) by_static: HashMap<StaticKey, PendingId>,
    /// What lists of bindings mean, by where they are among those of their object.
    pub(crate) bound: HashMap<(Source, u32), u128>,
    pub(crate) meanings: Meanings,
    /// Blocks of selections with global names that became no units of their own.
    pub(crate) found: HashMap<(u32, BlockId), Found>,
    /// Sections with bounds that are placed by this link.
    pub(crate) runs: Vec<Run>,
    /// Per result of the link, the groups it calls.
    pub(crate) calls: Vec<Vec<Arc<Group>>>,
    /// Who was already noted to call which group, by the group's address.
    pub(crate) noted: HashSet<(Role, usize)>,
    /// Groups that were there and whose address escapes now.
    pub(crate) escaped: Vec<Arc<Group>>,
    /// Statics to be remembered when the link succeeds.
    pub(crate) statics: Vec<(StaticKey, PendingId)>,
    pub(crate) thread_locals: Vec<NewThreadLocal>,
    pub(crate) indirect: Vec<PendingIndirect>,
    /// Indices into [`Batch::indirect`], by the resolver.
    pub(crate) by_resolver: HashMap<Value, u32>,
    pub(crate) startup: Vec<PendingStartup>,
}

impl Batch {
    pub(crate) fn clear(&mut self) {
        self.pending.clear();
        self.values.clear();
        self.places.clear();
        self.groups.clear();
        self.by_key.clear();
        self.by_component.clear();
        self.by_static.clear();
        self.bound.clear();
        self.meanings = Meanings::default();
        self.found.clear();
        self.runs.clear();
        self.calls.clear();
        self.noted.clear();
        self.escaped.clear();
        self.statics.clear();
        self.thread_locals.clear();
        self.indirect.clear();
        self.by_resolver.clear();
        self.startup.clear();
    }
}

impl Batch {
    /// The address of code or data, once it has its place.
    pub(crate) fn address(&self, value: Value) -> usize {
        match value {
            Value::Pending { unit, chunk, at } => {
                let pending = &self.pending[unit.0 as usize];
                let place = self.places[(pending.places + chunk) as usize];
                match (chunk, at) {
                    (0, 0) => pending.entry.address(place),
                    _ => place.wrapping_add_signed(at as isize),
                }
            }
            Value::Address(address) => address as usize,
            _ => 0,
        }
    }
}

/// The units a pending one belongs to.
pub(crate) fn units_of<'a>(
    source: Source,
    selections: &'a [Selection<'_>],
    symbols: &'a Symbols,
) -> &'a Units {
    match source {
        Source::Selection(index) => &selections[index as usize].split.units,
        Source::Member(member) => symbols.archives.units(member),
    }
}
