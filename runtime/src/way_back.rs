//! The way back from the newest commit, for the thread that its code faults on, when there are
//! several callers: entries to store, without lock, allocation or another thread.
//!
//! # The problem
//!
//! With one caller a commit is a turn, which its closure takes back by itself. With several, the
//! entries are in the slots for everybody, and the program's bookkeeping stands behind a lock that a
//! calling thread must not take. Waiting for the program's thread would mean silence meanwhile.
//!
//! # The protocol
//!
//! The program prepares the way when it commits: which slot had which entry before. The box with that
//! is in one of three hands:
//!
//! - *armed*: in the first exchange. The program takes it out before it links the next commit; a
//!   thread whose call faulted takes it out to go back.
//! - *taken* by one thread, which stores the entries and puts the box into
//! - the second exchange, *gone*. The program finds it there, makes its books agree, and frees it.
//!
//! Each exchange gives a box to one taker, so the entries are stored once, by one thread. The
//! program arms a box only when it holds none, and remembers that it armed one: when it wants it
//! back and it is not armed any more, a thread has taken it and is between a handful of stores, so the program
//! (never a caller) waits until it is gone. **So nothing of an older way back is ever stored over a newer
//! commit.** The model in `tests.rs` checks that.
//!
//! # Why the older entries may be stored under running callers
//!
//! By the two rules of `live`: a commit into a new world changes only slots of shims, whose
//! signatures stay; and within a world the way is prepared only if going back changes no callee of a
//! function that the commit brought. Code and slots of both generations are kept by the box.

use crate::{
    commit::{Exchange, SlotRef},
    sync::yield_now,
};

/// What it takes to go back from one commit.
pub(crate) struct Way<K> {
    /// The generation to go back from, and the one to go back to.
    pub(crate) from: u64,
    pub(crate) to: u64,
    /// The entries from before.
    pub(crate) stores: Vec<(SlotRef, usize)>,
    /// Keeps slots and code.
    pub(crate) _kept: K,
}

/// See the module.
pub(crate) struct WayBack<K> {
    armed: Exchange<Way<K>>,
    gone: Exchange<Way<K>>,
}

/// Whether the program armed a way back that it has not seen again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Armed {
    #[default]
    No,
    Yes,
}

impl<K> WayBack<K> {
    pub(crate) fn new() -> WayBack<K> {
        WayBack { armed: Exchange::new(), gone: Exchange::new() }
    }

    /// The program's side: makes `way` the way back, once its commit is stored.
    pub(crate) fn arm(&self, armed: &mut Armed, way: Way<K>) {
        debug_assert_eq!(*armed, Armed::No, "the last one was taken out first");
        let left = self.armed.post(Box::new(way));
        debug_assert!(left.is_none(), "one way is out at a time");
        *armed = Armed::Yes;
    }

    /// The program's side: takes the way out, before anything else is committed. Returns it if a
    /// thread went it.
    pub(crate) fn disarm(&self, armed: &mut Armed) -> Option<Box<Way<K>>> {
        if std::mem::take(armed) == Armed::No || self.armed.take().is_some() {
            return None;
        }
        loop {
            if let Some(way) = self.gone.take() {
                return Some(way);
            }
            yield_now();
        }
    }

    /// The program's side: the way that a thread went, if one did. Does not wait for one that is going.
    pub(crate) fn gone(&self, armed: &mut Armed) -> Option<Box<Way<K>>> {
        let way = self.gone.take()?;
        *armed = Armed::No;
        Some(way)
    }

    /// A calling thread's side: goes back, if there is a way. Returns the two generations.
    pub(crate) fn go(&self) -> Option<(u64, u64)> {
        self.take().map(|way| self.store(way))
    }

    /// The first half: nobody else goes from now on.
    pub(crate) fn take(&self) -> Option<Box<Way<K>>> {
        self.armed.take()
    }

    /// The second half.
    pub(crate) fn store(&self, way: Box<Way<K>>) -> (u64, u64) {
        for (slot, entry) in &way.stores {
            // SAFETY: the way keeps the slots.
            unsafe { slot.get() }.publish(*entry);
        }
        let numbers = (way.from, way.to);
        let left = self.gone.post(way);
        debug_assert!(left.is_none(), "one way is out at a time");
        std::mem::forget(left);
        numbers
    }
}

#[cfg(test)]
mod tests;
