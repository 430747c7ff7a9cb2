//! The table: all slots of a program, in one row of words.
//!
//! The words belong to somebody else (the window of the loaded code, so that compiled code reaches
//! them); the table keeps their owner alive and hands out one slot after the other.
//!
//! **A slot belongs to everybody who can load from it**: code that is linked to it, the generations
//! that have a function in it, typed handles, and what keeps code whose address was taken. Each
//! shares one [`OwnedSlot`]; when the last of them lets go, the word is zeroed and handed out again.
//! Code lets go after its own grace period, in the epochs, so nobody can be about to load.

use std::{
    any::Any,
    ptr::NonNull,
    sync::{Arc, OnceLock},
};

use crate::{
    slot::Slot,
    sync::{AtomicUsize, Mutex, Ordering, lock},
};

/// All slots of a program.
pub(crate) struct Table {
    slots: NonNull<[Slot]>,
    used: AtomicUsize,
    /// Slots below `used` that nobody owns.
    free: Mutex<Vec<u32>>,
    _owner: Arc<dyn Any + Send + Sync>,
}

// SAFETY: the slots are atomics, shared by design; the owner is Send and Sync.
unsafe impl Send for Table {}
// SAFETY: as above.
unsafe impl Sync for Table {}

impl Table {
    /// A table over `words`.
    ///
    /// # Safety
    ///
    /// `words` are zeroed, aligned, valid for reads and writes for as long as `owner` lives, and
    /// nobody but this table and compiled code that loads from them touches them.
    pub(crate) unsafe fn over(words: NonNull<[usize]>, owner: Arc<dyn Any + Send + Sync>) -> Table {
        let slots = NonNull::slice_from_raw_parts(words.cast::<Slot>(), words.len());
        Table { slots, used: AtomicUsize::new(0), free: Mutex::new(Vec::new()), _owner: owner }
    }

    /// A slot that nobody has, without an entry, or `None` when the table is full.
    pub(crate) fn take(self: &Arc<Table>) -> Option<Arc<OwnedSlot>> {
        let mut free = lock(&self.free);
        let index = free.pop().or_else(|| {
            // Relaxed: written under the lock only.
            let index = self.used.load(Ordering::Relaxed);
            let index = u32::try_from(index).ok().filter(|_| index < self.slots.len())?;
            self.used.store(index as usize + 1, Ordering::Relaxed);
            Some(index)
        })?;
        Some(Arc::new(OwnedSlot { index, addressed: OnceLock::new(), table: self.clone() }))
    }

    /// The slot at `index`, which `take` gave out.
    #[inline]
    fn slot(&self, index: u32) -> &Slot {
        // SAFETY: `Slot` is a transparent atomic word, valid while `_owner` lives, which `self`
        // outlives no more than the returned borrow; the slice indexing checks the bounds.
        unsafe { &self.slots.as_ref()[index as usize] }
    }

    /// Slots that somebody owns.
    pub(crate) fn len(&self) -> usize {
        let free = lock(&self.free);
        // Relaxed: written under the lock only.
        self.used.load(Ordering::Relaxed) - free.len()
    }
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("slots", &self.len()).finish_non_exhaustive()
    }
}

/// A share of a slot; the last one gives it back.
///
/// **Whoever can load from the slot holds a share**, or lives no longer than somebody who does.
pub(crate) struct OwnedSlot {
    index: u32,
    /// Set once live code took the address of the function in it: a number for the types that the
    /// function and whoever holds its address agree on.
    addressed: OnceLock<u128>,
    table: Arc<Table>,
}

impl OwnedSlot {
    /// Which of the table's slots it is.
    pub(crate) fn index(&self) -> u32 {
        self.index
    }

    #[inline]
    pub(crate) fn slot(&self) -> &Slot {
        self.table.slot(self.index)
    }

    /// What the slot's callers reach.
    pub(crate) fn entry(&self) -> usize {
        self.slot().entry()
    }

    /// From now on anybody may hold the address of the function in it, of a signature out of `types`.
    pub(crate) fn set_addressed(&self, types: u128) {
        let _ = self.addressed.set(types);
    }

    /// The types that holders of the address know, if there can be any.
    pub(crate) fn addressed(&self) -> Option<u128> {
        self.addressed.get().copied()
    }
}

impl Drop for OwnedSlot {
    fn drop(&mut self) {
        // Nobody loads it any more: a slot that is handed out again has no entry until it is given one.
        self.slot().publish(0);
        lock(&self.table.free).push(self.index);
    }
}

impl std::fmt::Debug for OwnedSlot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("OwnedSlot").field(&self.index).finish()
    }
}

#[cfg(test)]
mod tests;
