//! What a commit is made of, once it is linked: the next generation, and what to store for it.

use std::sync::Arc;

use super::Difference;
use crate::{
    commit::SlotRef,
    generation::{Generation, LiveFunction},
};

/// A linked generation, and what makes it live.
pub(crate) struct Prepared {
    pub(crate) generation: Arc<Generation>,
    /// Entries to store, callees before callers.
    pub(crate) stores: Vec<Store>,
    /// Those of them that a turn does not take back (`commit::Turn`), once they were told apart.
    pub(crate) left: Vec<Store>,
    pub(crate) changed: Vec<String>,
    pub(crate) added: Vec<String>,
    pub(crate) removed: Vec<String>,
    pub(crate) linked: usize,
    /// Whether the entries from before may be stored again at once, whoever is running. Not under
    /// `Commit::Snapshot`, where they are in other slots.
    pub(crate) is_reversible: bool,
    pub(super) replaced_callees: Vec<String>,
}

/// A function's slot, and the entry that it gets.
pub(crate) struct Store {
    pub(crate) symbol: Arc<str>,
    pub(crate) slot: SlotRef,
    pub(crate) entry: usize,
}

impl Store {
    /// The code of `live` into its slot.
    pub(super) fn of(symbol: Arc<str>, live: &LiveFunction) -> Store {
        Store { symbol, slot: SlotRef::new(live.slot.slot()), entry: live.code.entry() }
    }

    /// What `generation` has in the slot: a slot is for one function, whatever generation has it.
    pub(crate) fn before<'a>(&self, generation: &'a Generation) -> Option<&'a Arc<LiveFunction>> {
        let live = generation.functions.get(&self.symbol)?;
        (SlotRef::new(live.slot.slot()) == self.slot).then_some(live)
    }
}

impl Prepared {
    /// A generation that is still there with slots of its own.
    pub(super) fn again(target: &Arc<Generation>, difference: Difference) -> Prepared {
        let Difference { changed, added, removed, .. } = difference;
        Prepared {
            generation: target.clone(),
            stores: Vec::new(),
            left: Vec::new(),
            changed,
            added,
            removed,
            linked: 0,
            is_reversible: false,
            replaced_callees: Vec::new(),
        }
    }

    /// Whether the same code is live already.
    pub(crate) fn is_unchanged(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.removed.is_empty()
    }
}
