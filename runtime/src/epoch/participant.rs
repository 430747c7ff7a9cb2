//! A calling thread's side of the epochs: announce, call, withdraw.
//!
//! This is the call path. It locks nothing, allocates nothing, makes no system call and executes
//! no locked instruction; registering and leaving do, and are done once per thread.

use std::cell::Cell;

use super::{Epochs, NOT_PINNED, barrier};
use crate::{
    roots::Scope,
    slot::Slot,
    sync::{Arc, AtomicU64, Ordering},
};

/// The word in which one thread announces the epoch that it is in, on cache lines of its own.
#[derive(Debug)]
#[repr(align(128))]
pub(super) struct Announcement {
    epoch: AtomicU64,
    name: Box<str>,
}

impl Announcement {
    pub(super) fn new(name: &str) -> Announcement {
        Announcement { epoch: AtomicU64::new(NOT_PINNED), name: name.into() }
    }

    /// Who this is, for people.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The epoch at which the thread pinned, if it is pinned.
    pub(super) fn pinned_at(&self) -> Option<u64> {
        // Acquire: pairs with the release store in `Guard::drop`; whatever the thread did in live
        // code happened before that code is reclaimed.
        match self.epoch.load(Ordering::Acquire) {
            NOT_PINNED => None,
            epoch => Some(epoch),
        }
    }
}

/// A registered calling thread. It may move to another thread, but serves one at a time.
///
/// Dropping it takes a lock; a real-time thread hands it to another thread to drop.
#[derive(Debug)]
pub struct Participant {
    epochs: Arc<Epochs>,
    announcement: Arc<Announcement>,
    /// Guards alive; only the outermost announces and withdraws.
    depth: Cell<usize>,
    /// The roots of the outermost guard's scope.
    scope: Cell<Scope>,
}

impl Participant {
    /// Registers the calling thread. Takes a lock and allocates: not for the call path.
    pub(crate) fn register(epochs: &Arc<Epochs>) -> Participant {
        let thread = std::thread::current();
        Participant::register_as(epochs, thread.name().unwrap_or("a thread without a name"))
    }

    /// Registers a thread by a name of its own.
    pub(crate) fn register_as(epochs: &Arc<Epochs>, name: &str) -> Participant {
        let (epochs, announcement) = (epochs.clone(), epochs.join(name));
        Participant { epochs, announcement, depth: Cell::new(0), scope: Cell::new(Scope::none()) }
    }

    /// Announces the epoch: while the guard lives, no code that this thread can reach is reclaimed.
    ///
    /// Three loads and three plain stores. Guards may nest. The outermost one is a *scope*: under
    /// [`Commit::Snapshot`](crate::Commit) all handles that are pinned while it lives call one generation.
    #[inline]
    pub fn pin(&self) -> Guard<'_> {
        let depth = self.depth.get();
        self.depth.set(depth + 1);
        if depth == 0 {
            // Release: pairs with the acquire load in `Announcement::pinned_at`. A reclaimer that reads this
            // announcement may free what an *earlier* guard of this thread was in, and must come
            // after it (loom found that; a plain store on x86-64 either way). Before the loads of
            // slots it is ordered by the two barriers (`barrier`), not by this store. A stale
            // epoch is only older, which keeps code longer.
            self.announcement.epoch.store(self.epochs.now(), Ordering::Release);
            barrier::light();
            self.scope.set(self.epochs.roots.enter());
        }
        Guard { participant: self }
    }

    /// A participant registered by the calling thread, with the same program.
    #[cfg(all(test, loom))]
    pub(crate) fn another(&self) -> Participant {
        Participant::register(&self.epochs)
    }

    /// Whether this participant belongs to `epochs`.
    #[inline]
    pub(crate) fn belongs_to(&self, epochs: &Arc<Epochs>) -> bool {
        Arc::ptr_eq(&self.epochs, epochs)
    }
}

impl Drop for Participant {
    fn drop(&mut self) {
        // A leaked guard leaves the announcement in place for ever; leaving takes it out of the
        // registry, which is sound because the thread can hold no reference through a participant
        // that is being dropped.
        self.epochs.leave(&self.announcement);
    }
}

/// Proof that the thread has announced its epoch. It cannot leave its thread.
#[derive(Debug)]
#[must_use = "live code may be reclaimed as soon as the guard is dropped"]
pub struct Guard<'a> {
    participant: &'a Participant,
}

impl Guard<'_> {
    /// The word that holds the entry of the root with this number: in the roots of this scope, or
    /// where its generation has no such function, in the newest ones. It may be used while the guard lives.
    #[inline]
    pub(crate) fn root(&self, number: u32) -> Option<&Slot> {
        let Participant { scope, epochs, .. } = self.participant;
        // SAFETY: the outermost guard set the scope after it had announced its epoch, and the
        // thread has been pinned since; the borrow ends before this guard does.
        unsafe { scope.get().find(number) }
            // SAFETY: this thread is pinned, and a later load gives what is retired later still.
            .or_else(|| unsafe { epochs.roots.enter().find(number) })
    }
}

impl Drop for Guard<'_> {
    #[inline]
    fn drop(&mut self) {
        let depth = self.participant.depth.get() - 1;
        self.participant.depth.set(depth);
        if depth == 0 {
            // Release: pairs with the acquire load in `Announcement::pinned_at`.
            self.participant.announcement.epoch.store(NOT_PINNED, Ordering::Release);
        }
    }
}
