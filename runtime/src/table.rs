//! The table: all slots of a program, in one row of words.
//!
//! The words belong to somebody else (the window of the loaded code, so that compiled code reaches
//! them); the table keeps their owner alive and hands out one slot after the other. Slots are never
//! given back: a state may hold the address of a function, which stands for its slot.

use std::{any::Any, ptr::NonNull, sync::Arc};

use crate::{
    slot::Slot,
    sync::{AtomicUsize, Ordering},
};

/// All slots of a program.
pub(crate) struct Table {
    slots: NonNull<[Slot]>,
    used: AtomicUsize,
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
        Table { slots, used: AtomicUsize::new(0), _owner: owner }
    }

    /// The index of a slot that nobody has, or `None` when the table is full.
    pub(crate) fn take(&self) -> Option<u32> {
        // Relaxed: the index is the whole message; slots start zeroed.
        let index = self.used.fetch_add(1, Ordering::Relaxed);
        if index >= self.slots.len() {
            self.used.store(self.slots.len(), Ordering::Relaxed);
            return None;
        }
        u32::try_from(index).ok()
    }

    /// The slot at `index`, which `take` gave out.
    pub(crate) fn slot(&self, index: u32) -> &Slot {
        // SAFETY: `Slot` is a transparent atomic word, valid while `_owner` lives, which `self`
        // outlives no more than the returned borrow; the slice indexing checks the bounds.
        unsafe { &self.slots.as_ref()[index as usize] }
    }

    /// Slots handed out.
    pub(crate) fn len(&self) -> usize {
        // Relaxed: a figure to look at.
        self.used.load(Ordering::Relaxed)
    }
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("slots", &self.len()).finish_non_exhaustive()
    }
}
