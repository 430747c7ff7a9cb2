//! A calling thread's side of the epochs: announce, call, withdraw.
//!
//! This is the call path. It locks nothing, allocates nothing, makes no system call and executes
//! no locked instruction; registering and leaving do, and are done once per thread.

use std::cell::Cell;

use super::{Epochs, NOT_PINNED, Reclaimed, barrier, caller::Caller};
use crate::{
    roots::Scope,
    slot::Slot,
    sync::{Arc, AtomicU64, AtomicUsize, Ordering},
};

/// In which one thread announces the epoch that it is in, on cache lines of its own.
#[derive(Debug)]
#[repr(align(128))]
pub(super) struct Announcement {
    epoch: AtomicU64,
    /// Between these addresses of its stack the thread has pinned, since the outermost time.
    lowest: AtomicUsize,
    highest: AtomicUsize,
    /// The thread that registered.
    caller: Option<Arc<Caller>>,
    name: Box<str>,
}

/// A participant that is pinned, as the reclaiming side sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PinnedSince {
    pub(crate) epoch: u64,
    /// On which stack: the addresses of the lowest and the highest frame that pinned.
    pub(crate) lowest: usize,
    pub(crate) highest: usize,
}

impl Announcement {
    pub(super) fn new(name: &str) -> Announcement {
        Announcement {
            epoch: AtomicU64::new(NOT_PINNED),
            lowest: AtomicUsize::new(0),
            highest: AtomicUsize::new(0),
            caller: Caller::here(),
            name: name.into(),
        }
    }

    /// Who this is, for people.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Since when and where the thread is pinned, if it is.
    pub(super) fn pinned(&self) -> Option<PinnedSince> {
        // Acquire: pairs with the release store in `Guard::drop`; whatever the thread did in live
        // code happened before that code is reclaimed.
        let epoch = match self.epoch.load(Ordering::Acquire) {
            NOT_PINNED => return None,
            epoch => epoch,
        };
        // Relaxed: written before that epoch was announced (release, acquire), or by a later pin. What
        // a nested pin changes since is ordered as the epoch is, by the two barriers.
        let (lowest, highest) =
            (self.lowest.load(Ordering::Relaxed), self.highest.load(Ordering::Relaxed));
        Some(PinnedSince { epoch, lowest, highest })
    }

    /// Whether the thread with that number registered this, and lives.
    pub(super) fn is_of(&self, number: u32) -> bool {
        self.caller.as_ref().is_some_and(|caller| caller.is(number))
    }

    /// Notes where an outermost pin is.
    #[inline]
    fn place(&self, frame: usize) {
        // Relaxed: read by who reads the epoch that is announced next.
        self.lowest.store(frame, Ordering::Relaxed);
        self.highest.store(frame, Ordering::Relaxed);
    }

    /// Notes where a nested pin is: on another stack, or after a guard was leaked even on another
    /// thread's, it tells that the participant is in two places.
    #[inline]
    fn widen(&self, frame: usize) {
        // Relaxed: as in `pinned`; nobody else writes, so load and store need not be one.
        if frame < self.lowest.load(Ordering::Relaxed) {
            self.lowest.store(frame, Ordering::Relaxed);
        }
        if frame > self.highest.load(Ordering::Relaxed) {
            self.highest.store(frame, Ordering::Relaxed);
        }
        super::barrier::light()
    }
}

/// Where the caller's frame is.
#[cfg(not(loom))]
#[inline(always)]
fn frame() -> usize {
    let here = 0_u8;
    (&raw const here).addr()
}

/// A model's threads have stacks wherever there is room; each run of the model must be told the same.
#[cfg(loom)]
fn frame() -> usize {
    let thread = format!("{:?}", loom::thread::current().id());
    thread.bytes().fold(0, |sum, byte| sum * 31 + usize::from(byte))
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
    /// A few loads and plain stores. Guards may nest. The outermost one is a *scope*: under
    /// [`Commit::Snapshot`](crate::Commit) all handles that are pinned while it lives call one generation.
    #[inline]
    pub fn pin(&self) -> Guard<'_> {
        let depth = self.depth.get();
        self.depth.set(depth + 1);
        let frame = frame();
        if depth == 0 {
            self.announcement.place(frame);
            // Release: pairs with the acquire load in `Announcement::pinned`. A reclaimer that reads this
            // announcement may free what an *earlier* guard of this thread was in, and must come
            // after it (loom found that; a plain store on x86-64 either way). Before the loads of
            // slots it is ordered by the two barriers (`barrier`), not by this store. A stale
            // epoch is only older, which keeps code longer.
            self.announcement.epoch.store(self.epochs.now(), Ordering::Release);
            barrier::light();
            self.scope.set(self.epochs.roots.enter());
        } else {
            self.announcement.widen(frame);
        }
        Guard { participant: self }
    }

    /// How much replaced code of the program waits, and how much was reclaimed; for whoever has no
    /// [`Program`](crate::Program) any more. Takes a lock.
    pub fn reclaimed(&self) -> Reclaimed {
        self.epochs.reclaimed()
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
    /// The epoch that the outermost guard announced.
    pub(crate) fn since(&self) -> u64 {
        // Relaxed: this participant's own store.
        self.participant.announcement.epoch.load(Ordering::Relaxed)
    }

    /// The current epoch: whoever loads slots from now on sees what was stored before it.
    #[inline]
    pub(crate) fn now(&self) -> u64 {
        self.participant.epochs.now()
    }

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
            // Release: pairs with the acquire load in `Announcement::pinned`.
            self.participant.announcement.epoch.store(NOT_PINNED, Ordering::Release);
        }
    }
}
