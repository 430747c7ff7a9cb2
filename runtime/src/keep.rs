//! Replaced code that cannot be reclaimed with its generation, because somebody outside may still
//! name it: a typed handle on a signature that the file no longer has, the address of a function
//! in a state, a table or a callback, or a closure that may go back to such a signature.
//!
//! All of them name a slot. As long as that slot was not given newer code, its code stays, and so does
//! whatever that code can reach. A handle that is dropped lets go, and so does a closure that goes on; **an address is held for ever**,
//! since nobody can say where it went.
//!
//! # How much that can become
//!
//! A slot that nobody but such an address names is used again, for newer code of the same function
//! and the same types: whoever holds the address calls that code from then on, as it would have
//! called any newer code of its world. So for each function whose address is taken and each set of
//! types that the file has had, there are at most as many such slots as there were generations of
//! it in use at one time: those of the history, and those that threads had not left.
//!
//! **Functions whose addresses are taken and that call each other in a circle are the exception.** Newer
//! code may not go under an old caller (rule 2 of `live`), and each of them is one for the next: they
//! are kept for every generation of theirs, with what they call, as long as the program lives. A
//! function that calls itself counts as no circle, and one that is merely called by another has its slot
//! used again once the other's was.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Weak},
};

use crate::{
    functions::Functions,
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
    /// The newest generation that left it behind.
    number: u64,
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

    /// All that is kept.
    #[cfg(debug_assertions)]
    pub(crate) fn all(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<OwnedSlot>, &Arc<Code>)> {
        self.code.values().map(|kept| (&kept.symbol, &kept.slot, &kept.code))
    }

    /// The slots that handles hold.
    #[cfg(debug_assertions)]
    pub(crate) fn held(&self) -> impl Iterator<Item = Arc<OwnedSlot>> {
        self.holds.values().filter_map(Weak::upgrade).map(|hold| hold.slot.clone())
    }

    /// Whether there is a handle on `slot`.
    pub(crate) fn has_handle(&self, slot: &OwnedSlot) -> bool {
        self.holds.get(&slot.index()).is_some_and(|hold| hold.strong_count() > 0)
    }

    /// Takes all code that is kept out, at the end.
    pub(crate) fn take(&mut self) -> impl Send + use<> {
        std::mem::take(&mut self.code)
    }

    /// Called when `dropped` leaves the history, in which `remaining` stay: keeps what must outlive it.
    /// `closures` are the slots that closures may call through.
    ///
    /// Generations that stay and left code in their slots lead to kept code as kept code does: they need
    /// not be newer than what leaves (one is kept by hand, or was gone back from).
    pub(crate) fn outlive(
        &mut self,
        dropped: &Generation,
        current: &Generation,
        remaining: &[Arc<Generation>],
        closures: &HashSet<u32>,
    ) {
        for (symbol, live) in dropped.functions.apart_from(&current.functions) {
            // The same code may be current in another slot: it can be replaced there and not here.
            let is_current = current.functions.get(symbol).is_some_and(|now| {
                Arc::ptr_eq(&now.slot, &live.slot) && Arc::ptr_eq(&now.code, &live.code)
            });
            if !is_current && live.slot.entry() == live.code.entry() {
                let (slot, code) = (live.slot.clone(), live.code.clone());
                let (number, symbol) = (dropped.number, symbol.clone());
                self.code.insert(live.slot.index(), Keeping { number, symbol, slot, code });
            }
        }
        self.code.retain(|_, kept| kept.slot.entry() == kept.code.entry());
        if self.code.is_empty() {
            return;
        }
        let in_place: Vec<_> = Functions::of_all(remaining.iter().map(|each| &each.functions))
            .filter(|live| live.slot.entry() == live.code.entry())
            .map(|live| (&live.slot, &live.code))
            .collect();
        self.sweep(&in_place, closures);
    }

    /// Lets go of what nobody outside can reach any more: from a slot that somebody names, through kept
    /// code or through `others`, code that stays by itself.
    fn sweep(&mut self, others: &[(&Arc<OwnedSlot>, &Arc<Code>)], closures: &HashSet<u32>) {
        self.holds.retain(|_, hold| hold.strong_count() > 0);
        let kept = self.code.values().map(|kept| (&kept.slot, &kept.code));
        let all = kept.chain(others.iter().copied());
        let all: HashMap<u32, (&Arc<OwnedSlot>, &Arc<Code>)> =
            all.map(|(slot, code)| (slot.index(), (slot, code))).collect();
        let is_named = |(index, (slot, _)): &(&u32, &(&Arc<OwnedSlot>, _))| {
            slot.addressed().is_some() || self.holds.contains_key(index) || closures.contains(index)
        };
        let mut open: Vec<u32> = all.iter().filter(is_named).map(|(index, _)| *index).collect();
        // What is named and has newer code by now is alive with its generation, and so are its
        // callees.
        let mut reached = HashSet::new();
        while let Some(slot) = open.pop() {
            if let Some((_, code)) = all.get(&slot)
                && reached.insert(slot)
            {
                open.extend(code.slots().iter().map(|callee| callee.index()));
            }
        }
        self.code.retain(|slot, _| reached.contains(slot));
    }

    /// Slots that only an address names, of functions that knew the same `types`: newer code of the
    /// same function may be given to them. Of several for one function, what was left behind first.
    pub(crate) fn idle(&self, types: u128) -> HashMap<Arc<str>, Arc<OwnedSlot>> {
        // No generation has a function in it, no handle holds it, and no code is linked to it but its
        // own: a kept caller, which was compiled with the code that is in the slot, may run at any time.
        let is_idle = |kept: &&Keeping| {
            let own = if Arc::strong_count(&kept.code) == 1 { kept.code.slots() } else { &[] };
            let own = own.iter().filter(|slot| Arc::ptr_eq(slot, &kept.slot)).count();
            kept.slot.addressed() == Some(types) && Arc::strong_count(&kept.slot) == own + 1
        };
        let mut idle: Vec<_> = self.code.values().filter(is_idle).collect();
        idle.sort_by_key(|kept| std::cmp::Reverse(kept.number));
        idle.into_iter().map(|kept| (kept.symbol.clone(), kept.slot.clone())).collect()
    }
}
