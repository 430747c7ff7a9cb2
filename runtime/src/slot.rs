//! A slot: the atomic pointer to a function's current entry.
//!
//! Publishing is one release store, calling one acquire load and an indirect call. The word lies
//! where compiled code can reach it, so that the same word serves as the GOT entry of live callers.

use crate::sync::{AtomicUsize, Ordering};

/// One slot. Zero means that nothing was published yet.
#[derive(Debug)]
#[repr(transparent)]
pub(crate) struct Slot(AtomicUsize);

impl Slot {
    /// A slot with this entry, away from the table.
    pub(crate) fn new(entry: usize) -> Slot {
        Slot(AtomicUsize::new(entry))
    }

    /// Makes `entry` what callers reach from now on.
    #[inline]
    pub(crate) fn publish(&self, entry: usize) {
        // Release: pairs with the acquire load in `entry`, and with the load that compiled code
        // does (`call *slot(%rip)`; every load on x86-64 is an acquire load): who sees the entry
        // sees the code and data behind it.
        self.0.store(entry, Ordering::Release);
    }

    /// The current entry.
    #[inline]
    pub(crate) fn entry(&self) -> usize {
        // Acquire: pairs with the release store in `publish`.
        self.0.load(Ordering::Acquire)
    }
}

#[cfg(test)]
mod tests;
