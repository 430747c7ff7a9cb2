//! Replaced code that cannot be reclaimed with its generation, because somebody outside may still
//! name it: a typed handle on a signature that the file no longer has, or the address of a function
//! in a state, a table or a callback.
//!
//! Both name a slot. As long as that slot was not given newer code, its code stays, and so does
//! whatever that code can reach. A handle that is dropped lets go; **an address is held for ever**,
//! since nobody can say where it went.
//!
//! # How much that can become
//!
//! A slot that nobody but such an address names is used again, for newer code of the same function
//! and the same types: whoever holds the address calls that code from then on, as it would have
//! called any newer code of its world. So for each function whose address is taken and each set of
//! types that the file has had, there are at most as many such slots as there were generations of
//! it in use at one time: those of the history, and those that threads had not left.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Weak},
};

use crate::{
    generation::{Code, Generation},
    table::OwnedSlot,
};

/// A handle's share of a slot: as long as one of its clones lives, the code in the slot stays.
#[derive(Debug)]
pub(crate) struct Hold {
    pub(crate) slot: Arc<OwnedSlot>,
}

/// Replaced code that outlives its generation, by its slot.
#[derive(Default)]
pub(crate) struct Kept {
    holds: HashMap<u32, Weak<Hold>>,
    code: HashMap<u32, Keeping>,
}

struct Keeping {
    symbol: Arc<str>,
    slot: Arc<OwnedSlot>,
    code: Arc<Code>,
}

impl Kept {
    /// From now on the code in `slot` outlives its generation, until newer code replaces it or what
    /// this returns is dropped.
    pub(crate) fn hold(&mut self, slot: &Arc<OwnedSlot>) -> Arc<Hold> {
        self.holds.retain(|_, hold| hold.strong_count() > 0);
        if let Some(hold) = self.holds.get(&slot.index()).and_then(Weak::upgrade) {
            return hold;
        }
        let hold = Arc::new(Hold { slot: slot.clone() });
        self.holds.insert(slot.index(), Arc::downgrade(&hold));
        hold
    }

    /// Takes all code that is kept out, at the end.
    pub(crate) fn take(&mut self) -> impl Sized + use<> {
        std::mem::take(&mut self.code)
    }

    /// Called when `dropped` leaves the history: keeps what must outlive it.
    ///
    /// Generations leave oldest first, so a callee that is in its slot for good leaves no earlier
    /// than its caller, and is found by then.
    pub(crate) fn outlive(&mut self, dropped: &Generation, current: &Generation) {
        for (symbol, live) in &dropped.functions {
            let now = current.functions.get(symbol);
            let is_current = now.is_some_and(|now| Arc::ptr_eq(&now.code, &live.code));
            if !is_current && live.slot.entry() == live.code.entry() {
                let (slot, code) = (live.slot.clone(), live.code.clone());
                let kept = Keeping { symbol: symbol.clone(), slot, code };
                self.code.insert(live.slot.index(), kept);
            }
        }
        self.sweep();
    }

    /// Lets go of what nobody outside can reach any more.
    fn sweep(&mut self) {
        self.holds.retain(|_, hold| hold.strong_count() > 0);
        self.code.retain(|_, kept| kept.slot.entry() == kept.code.entry());
        let is_named = |kept: &&Keeping| {
            kept.slot.addressed().is_some() || self.holds.contains_key(&kept.slot.index())
        };
        let mut open: Vec<u32> =
            self.code.values().filter(is_named).map(|kept| kept.slot.index()).collect();
        // What is named and has newer code by now is alive with its generation, and so are its
        // callees: only kept code leads on to kept code.
        let mut reached = HashSet::new();
        while let Some(slot) = open.pop() {
            if let Some(kept) = self.code.get(&slot)
                && reached.insert(slot)
            {
                open.extend(kept.code.slots().iter().map(|callee| callee.index()));
            }
        }
        self.code.retain(|slot, _| reached.contains(slot));
    }

    /// Slots that only an address names, of functions that knew the same `types`: newer code of the
    /// same function may be given to them.
    pub(crate) fn idle(&self, types: u128) -> HashMap<Arc<str>, Arc<OwnedSlot>> {
        // Shares of code that is here for no other reason than such an address, its own or another's.
        let mut ours: HashMap<u32, usize> = HashMap::new();
        for kept in self.code.values() {
            let callees = if Arc::strong_count(&kept.code) == 1 { kept.code.slots() } else { &[] };
            for slot in callees.iter().chain([&kept.slot]) {
                *ours.entry(slot.index()).or_default() += 1;
            }
        }
        // No other code is linked to it, no generation has a function in it, no handle holds it.
        let is_idle = |kept: &&Keeping| {
            kept.slot.addressed() == Some(types)
                && Arc::strong_count(&kept.slot) == ours[&kept.slot.index()]
        };
        let idle = self.code.values().filter(is_idle);
        idle.map(|kept| (kept.symbol.clone(), kept.slot.clone())).collect()
    }
}
