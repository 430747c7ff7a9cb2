//! Which code can a thread come to, from what stands on its stack?
//!
//! The epochs know when a participant pinned and nothing of code; `epoch::census` knows what stands on
//! stacks. Here the two meet: **a thread can come to the functions that it is in, to the private code
//! that these call, and to what the slots hold that these call through**; and so on from there.
//! Everything else that it may call at any time (through handles, closures, kept addresses) is what
//! a thread that pins now can call too, and so is not retired.
//!
//! It matters that what slots hold is asked, and of every function, not of retired ones alone: in a
//! world that was left behind, a function may be retired although its slot holds it still, and be
//! called by one that is kept.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::{Arc, Weak},
};

use segue_loader::{Linked, PrivateCode};

use crate::{
    epoch::{PinnedSince, Testimony, Witness, census},
    sync::{Mutex, lock},
    table::OwnedSlot,
};

/// All code of a program that has not been reclaimed, by its entry.
pub(crate) struct Codes {
    all: Mutex<HashMap<usize, Weak<Known>>>,
    /// The addresses that code of the program has, and the one behind.
    window: Range<usize>,
}

/// Linked code that a thread may be found in.
pub(crate) struct Known {
    linked: Linked,
    /// What it calls through.
    slots: Vec<Arc<OwnedSlot>>,
    codes: Arc<Codes>,
}

impl Codes {
    /// No code yet, and all of it in `window`.
    pub(crate) fn new(window: Range<usize>) -> Arc<Codes> {
        // As in `is_any_in`, for the last code of all.
        let window = window.start..window.end + 1;
        Arc::new(Codes { all: Mutex::default(), window })
    }

    /// Notes `linked`, which calls through `slots` and no others.
    pub(crate) fn note(
        self: &Arc<Codes>,
        linked: Linked,
        slots: Vec<Arc<OwnedSlot>>,
    ) -> Arc<Known> {
        let entry = linked.entry();
        let known = Arc::new(Known { linked, slots, codes: self.clone() });
        lock(&self.all).insert(entry, Arc::downgrade(&known));
        known
    }

    /// The entries of all code that a thread can come to which has `words` on its stack.
    fn reached_from(&self, words: &[usize]) -> HashSet<usize> {
        let all: HashMap<usize, Arc<Known>> = lock(&self.all)
            .iter()
            .filter_map(|(entry, known)| Some((*entry, known.upgrade()?)))
            .collect();
        let mut open: Vec<usize> = Vec::new();
        // Private code: one of those that call it keeps it, and calls through all slots that it does.
        let mut private = PrivateCode::default();
        for (entry, known) in &all {
            let mut ranges = private.add(&known.linked).into_iter().chain([known.linked.range()]);
            if ranges.any(|range| is_any_in(words, &range)) {
                open.push(*entry);
            }
        }
        let mut reached = HashSet::new();
        while let Some(entry) = open.pop() {
            if let Some(known) = all.get(&entry)
                && reached.insert(entry)
            {
                open.extend(known.slots.iter().map(|slot| slot.entry()));
            }
        }
        reached
    }
}

/// Whether one of `words`, which are sorted, belongs to the code in `range`. So does its end: a call that
/// does not return may be the last instruction, and its return address is the next one's, a neighbour's.
fn is_any_in(words: &[usize], range: &Range<usize>) -> bool {
    let from = words.partition_point(|word| *word < range.start);
    words.get(from).is_some_and(|word| *word <= range.end)
}

impl Known {
    pub(crate) fn linked(&self) -> &Linked {
        &self.linked
    }

    /// The slots that it can call through.
    pub(crate) fn slots(&self) -> &[Arc<OwnedSlot>] {
        &self.slots
    }
}

impl Drop for Known {
    fn drop(&mut self) {
        // Before its range can be used again, by code that is noted under the same entry.
        lock(&self.codes.all).remove(&self.linked.entry());
    }
}

impl Witness for Codes {
    fn testify(&self, pinned: &[PinnedSince], may_run: &dyn Fn(u32) -> bool) -> Option<Testimony> {
        let census = census::take(&self.window, may_run)?;
        let seen: Vec<bool> = pinned.iter().map(|pinned| census.saw(pinned)).collect();
        let held = match seen.contains(&true) {
            true => self.reached_from(&census.words),
            false => HashSet::new(),
        };
        Some(Testimony { held, seen })
    }
}

#[cfg(test)]
mod tests;
