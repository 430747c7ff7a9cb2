//! Replaced code that cannot be reclaimed with its generation, because somebody outside may still
//! name it: a typed handle on a signature that the file no longer has, or the address of a function
//! in a state, a table or a callback.
//!
//! Both name a slot. As long as that slot was not given newer code, its code stays, and so does
//! whatever that code can reach.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    generation::{Code, Generation},
    table::Table,
};

/// Slots that somebody outside may name, and the code kept for them.
#[derive(Default)]
pub(crate) struct Kept {
    slots: HashSet<u32>,
    code: HashMap<u32, Arc<Code>>,
}

impl Kept {
    /// From now on the code in `slot` outlives its generation, until newer code replaces it.
    pub(crate) fn hold(&mut self, slot: u32) {
        self.slots.insert(slot);
    }

    /// Takes all code that is kept out, at the end.
    pub(crate) fn take(&mut self) -> HashMap<u32, Arc<Code>> {
        std::mem::take(&mut self.code)
    }

    /// Called when `dropped` leaves the history: keeps what must outlive it.
    ///
    /// Generations leave oldest first, so a callee that is in its slot for good leaves no earlier
    /// than its caller, and is found in the set by then.
    pub(crate) fn outlive(
        &mut self,
        dropped: &Arc<Generation>,
        current: &Arc<Generation>,
        table: &Table,
    ) {
        for live in dropped.functions.values() {
            for addressed in live.addresses() {
                if let Some(callee) = dropped.functions.get(addressed.as_str()) {
                    self.slots.insert(callee.slot);
                }
            }
        }
        self.code.retain(|slot, code| table.slot(*slot).entry() == code.entry());
        let in_place: Vec<_> = dropped
            .functions
            .iter()
            .filter(|(_, live)| table.slot(live.slot).entry() == live.code.entry())
            .filter(|(symbol, live)| {
                !current
                    .functions
                    .get(*symbol)
                    .is_some_and(|now| Arc::ptr_eq(&now.code, &live.code))
            })
            .map(|(_, live)| live)
            .collect();
        let mut seen = HashSet::new();
        loop {
            let next = in_place
                .iter()
                .find(|live| self.slots.contains(&live.slot) && seen.insert(live.slot));
            let Some(live) = next else { break };
            for callee in live.calls() {
                if let Some(callee) = dropped.functions.get(callee.as_str()) {
                    self.slots.insert(callee.slot);
                }
            }
            self.code.insert(live.slot, live.code.clone());
        }
    }
}
