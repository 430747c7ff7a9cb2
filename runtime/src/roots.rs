//! Roots: where calling threads enter the graph of live functions, under `Commit::Snapshot`.
//!
//! # The problem
//!
//! A commit changes many functions. Where each of their slots is stored in turn, a thread that calls
//! meanwhile meets old ones and new ones in one call. A scope (the time from a participant's
//! outermost pin to its end) shall see either all old or all new functions, whatever it calls and
//! through however many handles, and pay no lock for it.
//!
//! # The design
//!
//! **No slot that a running thread can reach is stored into.** A commit gives each changed function,
//! and each that can reach a changed one, a slot that nobody has loaded, and links them to one
//! another; all others stay where they are, since nothing that they can reach changed. So the old
//! graph and the new one stand side by side, and differ in where one enters: in the *roots*, an
//! array with the entry of every function that the host can call. **One store publishes the array**;
//! it never changes afterwards.
//!
//! - *Scope*: announce the epoch (see [`epoch`](crate::epoch)), light barrier, load the pointer to the
//!   roots **once** and keep it. Every handle that is pinned in the scope, in guards inside of
//!   guards too, takes its entry out of that array.
//! - *Commit*: store the entries of fresh slots, build the array, exchange the pointer, retire the
//!   old array (and, with the generation, old code) with the epoch's stamp.
//!
//! # Why a scope sees one generation
//!
//! 1. It loads the pointer once. All entries of one array belong to one generation.
//! 2. Code reached from there calls through slots of its own generation: a function's slots are those
//!    that it was linked to, and they are not stored into while code of that generation can be
//!    entered or is in the history. The stores into fresh slots precede the exchange (release, acquire).
//! 3. The array lives as long as the scope: it is retired after the exchange, so the argument for
//!    code in `epoch` holds for it word by word, with the pointer in place of the slot.
//!
//! Undo, redo and going back after a fault publish the array of a generation that is still there:
//! nothing is linked, and again one store does it.
//!
//! # What a scope does not have
//!
//! A handle may be younger than the scope: it was bound, in a running scope, to a function that the
//! scope's generation does not have. Then there is no old function to mix with, and the newest is called.
//! In `Commit::Immediate` there is no array, and the pointer is null.

use std::{any::Any, ptr};

use crate::{
    slot::Slot,
    sync::{AtomicPtr, Ordering},
};

/// How an edit of several functions reaches calling threads; fixed when a program is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Commit {
    /// Each function swaps at once, callees before callers. A thread that never returns from a loop
    /// reaches new callees all the same; one that calls while an edit lands may meet functions from
    /// before and after it in one call.
    #[default]
    Immediate,
    /// Each scope, from a participant's outermost [`pin`](crate::Participant::pin) to the drop of its
    /// guard, sees all functions from before the edit or all from after it. A thread that never
    /// leaves its scope never sees an edit. An edit also links the callers of what it changes again,
    /// up to the functions that the host calls.
    Snapshot,
}

/// The entries of one generation, by number. Immutable once it is published.
pub(crate) struct Entries {
    words: Box<[Slot]>,
    /// Whatever must live as long as a scope may look up numbers here.
    _owner: Box<dyn Any + Send + Sync>,
}

impl Entries {
    /// Entries by number; 0 where the generation has none.
    pub(crate) fn new(
        entries: impl IntoIterator<Item = usize>,
        owner: impl Any + Send + Sync,
    ) -> Box<Entries> {
        let words = entries.into_iter().map(Slot::new).collect();
        Box::new(Entries { words, _owner: Box::new(owner) })
    }

    #[inline]
    fn find(&self, number: u32) -> Option<&Slot> {
        self.words.get(number as usize).filter(|word| word.entry() != 0)
    }
}

/// The pointer to the newest entries.
#[derive(Debug)]
pub(crate) struct Roots {
    newest: AtomicPtr<Entries>,
}

impl Roots {
    pub(crate) fn new() -> Roots {
        Roots { newest: AtomicPtr::new(ptr::null_mut()) }
    }

    /// The entries that a scope which begins now works with. The caller has announced its epoch.
    #[inline]
    pub(crate) fn enter(&self) -> Scope {
        // Acquire: pairs with the release half of the swap in `publish`: who sees the array sees
        // its words, and the slots and code behind them.
        Scope(self.newest.load(Ordering::Acquire))
    }

    /// Makes `entries` those of all scopes that begin from now on, and returns what they replace,
    /// which scopes may still be in: it is to be retired.
    pub(crate) fn publish(&self, entries: Box<Entries>) -> Option<Box<Entries>> {
        // AcqRel: the release half pairs with the acquire load in `enter`; the acquire half takes
        // over what the publisher before wrote.
        let old = self.newest.swap(Box::into_raw(entries), Ordering::AcqRel);
        // SAFETY: it came from `Box::into_raw` in an earlier call, and the swap gave it to us alone;
        // scopes that look at it are what the caller retires it for.
        (!old.is_null()).then(|| unsafe { Box::from_raw(old) })
    }
}

impl Drop for Roots {
    fn drop(&mut self) {
        // Acquire: pairs with the release half of the swap in `publish`.
        let newest = self.newest.load(Ordering::Acquire);
        if !newest.is_null() {
            // SAFETY: from `Box::into_raw` in `publish`, never swapped out; participants, and so
            // scopes, keep the epochs that own this.
            drop(unsafe { Box::from_raw(newest) });
        }
    }
}

/// The entries that one scope works with: null outside of scopes and where there are no roots.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope(*const Entries);

// SAFETY: it points to what is made to be shared: words that do not change, and an owner that is
// Send and Sync.
unsafe impl Send for Scope {}

impl Scope {
    pub(crate) fn none() -> Scope {
        Scope(ptr::null())
    }

    /// The word that holds the entry of the root with this number, if there is one in this scope.
    ///
    /// # Safety
    ///
    /// The scope came from `enter` and its participant has been pinned ever since, until the
    /// returned word is no longer used.
    #[inline]
    pub(crate) unsafe fn find<'a>(self, number: u32) -> Option<&'a Slot> {
        // SAFETY: retired after it was replaced, hence not reclaimed before its scopes end: the
        // caller's promise, and the protocol in the module's prose.
        unsafe { self.0.as_ref() }.and_then(|entries| entries.find(number))
    }
}

#[cfg(test)]
mod tests;
