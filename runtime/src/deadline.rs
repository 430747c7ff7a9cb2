//! Deadlines: a guarded call of code that polls (from the compiler in the process) and takes too long becomes a fault.
//!
//! # The problem
//!
//! A calling thread reads no clock, makes no system call and executes no locked instruction for it. Somebody else
//! has to notice that a call has lasted too long, and must stop this very call: not the next one of the
//! same thread, which may begin at any moment.
//!
//! # The protocol
//!
//! Each thread has two words, [`Running`]. In `now` it says in which call it is, by a number that the next
//! call does not have, and what the limit is. The *watcher* (one thread per process) looks at `now` from time to
//! time. When it has seen the same number for longer than the limit, it writes what it saw to `stop`, and sets the
//! word that code polls. A thread that polls meanwhile stops if `stop` is what it has in `now`.
//!
//! # Why that is enough
//!
//! - *Nobody is stopped who is not meant.* The thread compares `stop` with what it wrote itself: when the call that
//!   the watcher saw is over, `now` has another number. No order between the two words is needed for that.
//! - *Nobody is stopped twice.* Who stops takes the word out of `stop` by an exchange, so that what it
//!   runs while it unwinds is left alone.
//! - *Who is meant stops* at the first poll that sees the store; until then it asks at every poll.
//!
//! A limit of nothing (0) is that of no call at all: such words are never written to `stop`.

use std::time::Duration;

use crate::sync::{AtomicU64, Ordering};

#[cfg(all(feature = "jit", not(loom)))]
mod watcher;

#[cfg(all(feature = "jit", not(loom)))]
pub(crate) use watcher::{Watch, join, leave, watch};

/// No code polls: nobody watches.
#[cfg(not(all(feature = "jit", not(loom))))]
#[derive(Debug)]
pub(crate) struct Watch;

#[cfg(not(all(feature = "jit", not(loom))))]
pub(crate) fn watch(_: Limits) -> std::io::Result<Watch> {
    Ok(Watch)
}

/// What closures have where nobody says how long: far beyond any block of sound.
const CLOSURES: Duration = Duration::from_secs(10);

/// How long a guarded call may take, in milliseconds; 0 as long as it likes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Limit(u32);

const LIMIT_BITS: u32 = 24;
const LONGEST: u32 = (1 << LIMIT_BITS) - 1;

impl Limit {
    pub(crate) const NONE: Limit = Limit(0);

    /// As close to `duration` as it can be said: a millisecond at least, four hours at most.
    pub(crate) fn of(duration: Duration) -> Limit {
        Limit(u32::try_from(duration.as_millis()).unwrap_or(LONGEST).clamp(1, LONGEST))
    }

    pub(crate) fn duration(self) -> Duration {
        Duration::from_millis(self.0.into())
    }
}

/// What of a program has which limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Closures, and what makes, moves and drops states.
    pub(crate) closures: Limit,
    /// Guarded calls of handles.
    pub(crate) handles: Limit,
}

impl Limits {
    pub(crate) const NONE: Limits = Limits { closures: Limit::NONE, handles: Limit::NONE };

    /// The same for all calls.
    pub(crate) fn all(duration: Duration) -> Limits {
        Limits { closures: Limit::of(duration), handles: Limit::of(duration) }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { closures: Limit::of(CLOSURES), handles: Limit::NONE }
    }
}

/// What [`Running::now`] says: a call and its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Now(u64);

impl Now {
    pub(crate) fn limit(self) -> Limit {
        Limit(self.0 as u32 & LONGEST)
    }
}

/// What one thread is in.
#[derive(Debug)]
#[repr(align(128))]
pub(crate) struct Running {
    /// Written by the thread alone.
    now: AtomicU64,
    /// The call that is to end, or 0.
    stop: AtomicU64,
}

impl Running {
    #[cfg(not(loom))]
    pub(crate) const fn new() -> Running {
        Running { now: AtomicU64::new(0), stop: AtomicU64::new(0) }
    }

    #[cfg(loom)]
    pub(crate) fn new() -> Running {
        Running { now: AtomicU64::new(0), stop: AtomicU64::new(0) }
    }

    /// The thread's: a call with this limit begins, or an inner one has ended and its caller goes on. Gives the
    /// limit that held before.
    #[inline]
    pub(crate) fn enter(&self, limit: Limit) -> Limit {
        // Relaxed: see the prose; nobody else writes, so load and store need not be one.
        let before = self.now.load(Ordering::Relaxed);
        let number = (before >> LIMIT_BITS).wrapping_add(1);
        self.now.store(number << LIMIT_BITS | u64::from(limit.0), Ordering::Relaxed);
        Now(before).limit()
    }

    /// The thread's: whether the call that it is in is to stop, which is said once. The limit that it overran.
    pub(crate) fn take_stop(&self) -> Option<Limit> {
        // Relaxed: its own store.
        let now = self.now.load(Ordering::Relaxed);
        let is_meant =
            self.stop.compare_exchange(now, 0, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        // Before its first call a thread has 0 in both.
        Some(Now(now).limit()).filter(|limit| is_meant && *limit != Limit::NONE)
    }

    /// The watcher's: what the thread is in.
    pub(crate) fn now(&self) -> Now {
        Now(self.now.load(Ordering::Relaxed))
    }

    /// The watcher's: that call is to stop.
    pub(crate) fn stop(&self, call: Now) {
        debug_assert_ne!(call.limit(), Limit::NONE);
        self.stop.store(call.0, Ordering::Relaxed);
    }

    /// The watcher's: whatever was to stop need not any more.
    pub(crate) fn withdraw(&self) {
        self.stop.store(0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
