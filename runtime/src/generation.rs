//! Generations: what was live, function by function, and the bounded history of them.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use segue_compiler::Interface;
use segue_loader::{Digest, Linked, Split};

use crate::{
    epoch::{Epochs, Retired},
    table::OwnedSlot,
};

/// Linked code, and its shares of the slots that it calls through. Its last owner does not free it but
/// retires it: callers may still be inside.
pub(crate) struct Code {
    linked: Option<Linked>,
    entry: usize,
    size: usize,
    slots: Vec<Arc<OwnedSlot>>,
    epochs: Arc<Epochs>,
}

impl Code {
    /// Code that loads from `slots` and from no others.
    pub(crate) fn new(linked: Linked, slots: Vec<Arc<OwnedSlot>>, epochs: Arc<Epochs>) -> Code {
        let (entry, size) = (linked.entry(), linked.size());
        Code { linked: Some(linked), entry, size, slots, epochs }
    }

    /// The slots that it can call through.
    pub(crate) fn slots(&self) -> &[Arc<OwnedSlot>] {
        &self.slots
    }

    pub(crate) fn entry(&self) -> usize {
        self.entry
    }

    pub(crate) fn size(&self) -> usize {
        self.size
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        if let Some(linked) = self.linked.take() {
            let slots = std::mem::take(&mut self.slots);
            self.epochs.retire(Retired::new((linked, slots)));
        }
    }
}

/// One function as it is live in some generation.
pub(crate) struct LiveFunction {
    pub(crate) slot: Arc<OwnedSlot>,
    pub(crate) code: Arc<Code>,
    /// The object that it came from, and which of its modules it is: what a relink needs.
    pub(crate) split: Arc<Split>,
    pub(crate) module: usize,
    /// The generation that brought this code.
    pub(crate) since: u64,
}

impl LiveFunction {
    pub(crate) fn digest(&self) -> Digest {
        self.split.modules()[self.module].digest
    }

    /// Symbols of the live functions that this one refers to.
    pub(crate) fn calls(&self) -> &[String] {
        &self.split.modules()[self.module].calls
    }
}

/// One published set of functions that were compiled to agree with one another.
pub(crate) struct Generation {
    pub(crate) number: u64,
    /// Which set of slots its internal calls go through (`live` explains).
    pub(crate) world: u64,
    pub(crate) interface: Arc<Interface>,
    /// By symbol. Neighbouring generations share the functions that they have in common.
    pub(crate) functions: Functions,
}

/// Live functions by symbol.
pub(crate) type Functions = HashMap<Arc<str>, Arc<LiveFunction>>;

/// Generations in the order in which they were published, with the place of the live one.
pub(crate) struct History {
    generations: VecDeque<Arc<Generation>>,
    live: usize,
    limit: usize,
}

impl History {
    /// A history that keeps `limit` generations beside the live one, at least one.
    pub(crate) fn new(first: Arc<Generation>, limit: usize) -> History {
        History { generations: VecDeque::from([first]), live: 0, limit: limit.max(1) }
    }

    /// Makes `generation` the newest. What was undone is dropped, and the oldest beyond the limit.
    pub(crate) fn push(&mut self, generation: Arc<Generation>) -> Vec<Arc<Generation>> {
        let mut dropped: Vec<_> = self.generations.drain(self.live + 1..).collect();
        self.generations.push_back(generation);
        self.live += 1;
        while self.generations.len() > self.limit + 1 {
            dropped.extend(self.generations.pop_front());
            self.live -= 1;
        }
        dropped
    }

    /// Whether the generation with `number` is still here.
    pub(crate) fn has(&self, number: u64) -> bool {
        self.generations.iter().any(|each| each.number == number)
    }

    /// The generation before the live one.
    pub(crate) fn before(&self) -> Option<&Arc<Generation>> {
        self.live.checked_sub(1).and_then(|index| self.generations.get(index))
    }

    /// The generation after the live one, if one was undone.
    pub(crate) fn after(&self) -> Option<&Arc<Generation>> {
        self.generations.get(self.live + 1)
    }

    /// Moves the mark of the live generation to `generation`, which takes the place of the one with
    /// its number: it may have been linked again. Returns what it replaced.
    pub(crate) fn go_to(&mut self, generation: &Arc<Generation>) -> Option<Arc<Generation>> {
        let index = self.generations.iter().position(|each| each.number == generation.number)?;
        self.live = index;
        let replaced = std::mem::replace(&mut self.generations[index], generation.clone());
        (!Arc::ptr_eq(&replaced, generation)).then_some(replaced)
    }

    /// Forgets the generation with `number`, which never became live or panicked at once.
    pub(crate) fn forget(&mut self, number: u64) -> Option<Arc<Generation>> {
        let index = self.generations.iter().position(|each| each.number == number)?;
        if self.live >= index && self.live > 0 {
            self.live -= 1;
        }
        self.generations.remove(index)
    }

    /// Takes all generations out, at the end.
    pub(crate) fn drain(&mut self) -> VecDeque<Arc<Generation>> {
        std::mem::take(&mut self.generations)
    }

    #[cfg(test)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<Generation>> {
        self.generations.iter()
    }
}

#[cfg(all(test, not(loom)))]
mod tests;
