//! Epochs: when may replaced code be reclaimed?
//!
//! # The problem
//!
//! A caller loads an entry from a slot and jumps to it. Between the two instructions, and for as
//! long as the call lasts, the slot may be given another entry; the code at the old one must stay.
//! The caller may not pay for that: no lock, no locked instruction, no fence.
//!
//! # The protocol
//!
//! There is one global counter, the **epoch**, and per calling thread one word, its
//! **announcement**: the epoch at which the thread pinned, or [`NOT_PINNED`].
//!
//! - *Caller*: `announce := epoch` (release store), light barrier, load the slot, call, …,
//!   `announce := NOT_PINNED` (release store).
//! - *Reclaimer*: store the new entry into the slot, `e := epoch++` and queue the old code with
//!   the stamp `e`; later: heavy barrier, read every announcement; code stamped `e` is free when
//!   each announcement is `NOT_PINNED` or greater than `e`.
//!
//! # Why that is enough
//!
//! Take code stamped `e` and a caller that may still use it, that is, whose load of the slot gave
//! the old entry.
//!
//! 1. Had the caller announced some `a > e`, it had read the counter after it became `e + 1`. The
//!    slot had its new entry before that (release increment, acquire load), so the caller's later
//!    load of the slot could not have given the old one.
//! 2. So `a <= e`. The reclaimer frees nothing while it sees that announcement. Could it miss it?
//!    The announcement is a plain store that may wait in the caller's store buffer while its load
//!    of the slot runs ahead. The heavy barrier (`membarrier`) makes every running thread of the
//!    process execute a full fence: a caller whose fence falls after its store has its
//!    announcement seen; one whose fence falls before the store loads the slot after the new entry
//!    was stored, and gets the new one. The light barrier keeps the compiler from swapping the
//!    two; the hardware's half is paid by the reclaimer.
//! 3. A stale `a` (the thread slept between reading the counter and announcing) is only smaller,
//!    so it only keeps code longer.
//! 4. When the caller unpins or pins anew (release) and the reclaimer sees that (acquire),
//!    everything that the caller did in the old code happened before the range is written again.
//!
//! A thread that registers while the reclaimer scans takes the registry's lock after it, hence
//! sees the new entry. A thread that sits in old code for hours keeps that code, and nothing else
//! than what was retired after it pinned.
//!
//! # What a witness adds
//!
//! Of what was retired after a participant pinned, most is nothing that its thread could come to. The
//! argument above says so of all that it loads from slots after the heavy barrier; what is left is
//! what its thread is *in* by then. A [`Witness`] is asked for that after the barrier, and what
//! it does not name is free as well ([`census`] says how it knows, `reach` what follows).
//!
//! A pin therefore announces where it was made: on which stack. **A witness speaks for a participant
//! only if it has seen that stack.** The two words are written before the epoch is announced, or by a
//! nested pin before its own light barrier, and so are seen wherever it matters: a reclaimer that
//! misses what a pin wrote has its heavy barrier before the loads that follow the pin.
//!
//! The models in `tests.rs` check the protocol with loom, where both barriers are `SeqCst` fences:
//! loom knows no `membarrier`, and a pair of such fences is what `membarrier` amounts to.

mod barrier;
mod caller;
#[cfg(not(loom))]
pub(crate) mod census;
mod participant;
mod retire;
#[cfg(test)]
mod tests;
mod witness;

pub use barrier::membarrier_available;
pub(crate) use participant::PinnedSince;
pub use participant::{Guard, Participant};
pub(crate) use retire::Retired;
pub(crate) use witness::{Testimony, Witness};

use crossbeam_channel::Sender;

use crate::roots::Roots;
use crate::sync::{Arc, AtomicU64, Mutex, Ordering, lock};
use participant::Announcement;

/// The announcement of a thread that is not in live code.
pub(crate) const NOT_PINNED: u64 = 0;

/// The epoch counter, who takes part, and what waits to be reclaimed.
#[derive(Debug)]
pub(crate) struct Epochs {
    /// Starts at 1, since 0 means [`NOT_PINNED`].
    epoch: AtomicU64,
    /// What scopes enter by; beside the epoch, since pinning reads both.
    pub(crate) roots: Roots,
    participants: Mutex<Vec<Arc<Announcement>>>,
    retired: Mutex<Vec<(u64, Retired)>>,
    /// How many pieces of code were ever retired and reclaimed.
    ever_retired: AtomicU64,
    reclaimed: AtomicU64,
    ruled_out: AtomicU64,
    /// One at a time.
    reclaiming: Mutex<()>,
    /// Rung for the reclaiming thread when something is retired.
    bell: Option<Sender<()>>,
}

/// What the reclaiming side has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reclaimed {
    /// Pieces of code retired and not yet reclaimed.
    pub waiting: usize,
    /// Pieces of code reclaimed since the program was opened.
    pub reclaimed: u64,
    /// Those among them that a participant had been pinned since before, of which the stacks told that
    /// nobody could be in them.
    pub ruled_out: u64,
}

impl Epochs {
    /// Epochs of which `bell` is rung whenever something is retired. It is never waited for.
    pub(crate) fn new(bell: Option<Sender<()>>) -> Arc<Epochs> {
        Arc::new(Epochs {
            epoch: AtomicU64::new(1),
            roots: Roots::new(),
            participants: Mutex::new(Vec::new()),
            retired: Mutex::new(Vec::new()),
            ever_retired: AtomicU64::new(0),
            reclaimed: AtomicU64::new(0),
            ruled_out: AtomicU64::new(0),
            reclaiming: Mutex::new(()),
            bell,
        })
    }

    fn join(&self, name: &str) -> Arc<Announcement> {
        let announcement = Arc::new(Announcement::new(name));
        lock(&self.participants).push(announcement.clone());
        announcement
    }

    /// The current epoch, for a thread that pins.
    #[inline]
    fn now(&self) -> u64 {
        // Acquire: pairs with the release increment in `advance`; whoever reads `e + 1` sees every
        // slot that was stored before `e` was given out as a stamp.
        self.epoch.load(Ordering::Acquire)
    }

    /// Ends the current epoch and returns its number: the stamp of what was unlinked before.
    pub(crate) fn advance(&self) -> u64 {
        // AcqRel: the release half pairs with the acquire load in `now`; the acquire half chains
        // the increments of several retiring threads.
        self.epoch.fetch_add(1, Ordering::AcqRel)
    }

    /// Queues `retired`, which no slot names any more.
    pub(crate) fn retire(&self, retired: Retired) {
        let stamp = self.advance();
        let mut queue = lock(&self.retired);
        queue.push((stamp, retired));
        // Relaxed: a figure to look at.
        self.ever_retired.fetch_add(1, Ordering::Relaxed);
        drop(queue);
        if let Some(bell) = &self.bell {
            // Full: it was rung before and not heard yet, which is as good.
            let _ = bell.try_send(());
        }
    }

    /// The oldest epoch that a thread is pinned at: whoever was pinned when an older stamp was given
    /// out has unpinned since.
    pub(crate) fn oldest(&self) -> u64 {
        oldest(&self.pinned())
    }

    /// The names of those that pinned before the epoch `stamp` ended and have not unpinned since. For
    /// whoever looks: without the heavy barrier, it may miss one that pins at this moment.
    pub(crate) fn pinned_since(&self, stamp: u64) -> Vec<String> {
        lock(&self.participants)
            .iter()
            .filter(|each| each.pinned().is_some_and(|pinned| pinned.epoch <= stamp))
            .map(|each| each.name().to_owned())
            .collect()
    }

    /// Reclaims what no participant can be in, and returns how much still waits.
    ///
    /// One heavy barrier serves everything that was queued before. A `witness` is asked about what
    /// participants hold up. No lock that others wait for is held while it looks, nor while what is
    /// free is dropped, since dropping code unregisters it elsewhere.
    pub(crate) fn reclaim(&self, witness: Option<&dyn Witness>) -> usize {
        let reclaiming = lock(&self.reclaiming);
        let queue = std::mem::take(&mut *lock(&self.retired));
        if queue.is_empty() {
            return 0;
        }
        let mut pinned = self.pinned();
        let oldest = oldest(&pinned);
        let (mut free, mut waiting): (Vec<_>, Vec<_>) =
            queue.into_iter().partition(|(stamp, _)| *stamp < oldest);
        let newest = waiting.iter().map(|(stamp, _)| *stamp).max();
        if let (Some(witness), Some(newest)) = (witness, newest) {
            pinned.retain(|pinned| pinned.epoch <= newest);
            let may_run = |number| self.is_caller(number);
            if let Some(testimony) = witness.testify(&pinned, &may_run) {
                let ruled_out = witness::rule_out(&mut waiting, &pinned, &testimony);
                // Relaxed: a figure to look at.
                self.ruled_out.fetch_add(ruled_out.len() as u64, Ordering::Relaxed);
                free.extend(ruled_out);
            }
        }
        let count = waiting.len();
        lock(&self.retired).extend(waiting);
        drop(reclaiming);
        let freed = free.len() as u64;
        drop(free);
        // Relaxed: a figure to look at.
        self.reclaimed.fetch_add(freed, Ordering::Relaxed);
        count
    }

    pub(crate) fn reclaimed(&self) -> Reclaimed {
        // Not the length of the queue: what was taken out of it and is being dropped still waits.
        let _queue = lock(&self.retired);
        // Relaxed: figures to look at.
        let reclaimed = self.reclaimed.load(Ordering::Relaxed);
        let waiting = self.ever_retired.load(Ordering::Relaxed).saturating_sub(reclaimed);
        let ruled_out = self.ruled_out.load(Ordering::Relaxed);
        Reclaimed { waiting: waiting as usize, reclaimed, ruled_out }
    }

    /// Who is pinned. Whoever is and is not seen here loads what is in the slots by now.
    fn pinned(&self) -> Vec<PinnedSince> {
        barrier::heavy();
        lock(&self.participants).iter().filter_map(|each| each.pinned()).collect()
    }

    /// Whether the thread with this number has registered a participant and lives.
    fn is_caller(&self, number: u32) -> bool {
        lock(&self.participants).iter().any(|each| each.is_of(number))
    }

    fn leave(&self, announcement: &Arc<Announcement>) {
        lock(&self.participants).retain(|other| !Arc::ptr_eq(other, announcement));
    }
}

fn oldest(pinned: &[PinnedSince]) -> u64 {
    pinned.iter().map(|each| each.epoch).min().unwrap_or(u64::MAX)
}
