//! Commits as a calling thread takes them: all or nothing, at its next block boundary.
//!
//! The program prepares a [`Turn`]: the entries to store, and for the closure's state the fields to
//! move. It posts the turn into an [`Exchange`]; the calling thread finds it there before its next
//! call and applies it. Nothing on that side allocates, locks or waits.
//!
//! **A turn is its own inverse.** Applying it exchanges what it holds with what is live (entries,
//! state, field contents), so applying it again brings back exactly what was there before. That
//! is how a closure whose new code panics goes back to the last generation within the same block.

use crate::{
    alone::Alone,
    fault::{self, Caught},
    slot::Slot,
    state::carry::Carry,
    sync::{AtomicPtr, AtomicU64, Ordering},
};
use std::ptr::NonNull;

/// One box that a single producer fills and a single consumer empties, wait-free on both sides.
#[derive(Debug)]
pub(crate) struct Exchange<T> {
    boxed: AtomicPtr<T>,
}

impl<T> Exchange<T> {
    pub(crate) fn new() -> Exchange<T> {
        Exchange { boxed: AtomicPtr::new(std::ptr::null_mut()) }
    }

    /// Leaves `item` here and returns what was left before and never taken.
    pub(crate) fn post(&self, item: Box<T>) -> Option<Box<T>> {
        // AcqRel: the release half pairs with the acquire half of the swap in `take`, which reads
        // what the box points to; the acquire half takes over what another post left.
        let old = self.boxed.swap(Box::into_raw(item), Ordering::AcqRel);
        // SAFETY: see `boxed`.
        unsafe { Self::boxed(old) }
    }

    /// Whether there is nothing to take, at a glance that costs one plain load.
    #[inline]
    fn seems_empty(&self) -> bool {
        // Relaxed: only decides whether to look; the swap in `take` does the synchronising.
        self.boxed.load(Ordering::Relaxed).is_null()
    }

    /// Takes what was posted, if anything.
    #[inline]
    pub(crate) fn take(&self) -> Option<Box<T>> {
        if self.seems_empty() {
            return None;
        }
        // AcqRel: the acquire half pairs with the release half of the swap in `post`; the other
        // side may have taken it back meanwhile, then this is null.
        let old = self.boxed.swap(std::ptr::null_mut(), Ordering::AcqRel);
        // SAFETY: see `boxed`.
        unsafe { Self::boxed(old) }
    }

    /// Whether nothing is here, for the side that posts.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        // Acquire: pairs with the release half of the swap in `take`: what the other side did before
        // it emptied this exchange (taking back another one's box, say) is seen by who sees it empty.
        self.boxed.load(Ordering::Acquire).is_null()
    }

    /// # Safety
    ///
    /// `raw` is null or was swapped out of the exchange: it came from `Box::into_raw` in `post`, and
    /// the swap gave it to this thread alone.
    unsafe fn boxed(raw: *mut T) -> Option<Box<T>> {
        // SAFETY: the caller's promise.
        NonNull::new(raw).map(|raw| unsafe { Box::from_raw(raw.as_ptr()) })
    }
}

impl<T> Drop for Exchange<T> {
    fn drop(&mut self) {
        drop(self.take());
    }
}

/// A slot named across threads; the table that holds it outlives every turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SlotRef(NonNull<Slot>);

// SAFETY: a slot is an atomic word made to be shared.
unsafe impl Send for SlotRef {}
// SAFETY: as above.
unsafe impl Sync for SlotRef {}

impl SlotRef {
    #[inline]
    pub(crate) fn new(slot: &Slot) -> SlotRef {
        SlotRef(NonNull::from(slot))
    }

    /// # Safety
    ///
    /// The table that the slot belongs to is alive.
    #[inline]
    pub(crate) unsafe fn get(&self) -> &Slot {
        // SAFETY: the caller's promise.
        unsafe { self.0.as_ref() }
    }
}

/// What a closure runs: the slot of its function, and its state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Running {
    pub(crate) slot: SlotRef,
    pub(crate) state: NonNull<u8>,
    pub(crate) generation: u64,
}

/// A state of another layout, and how the live one becomes it.
#[derive(Debug)]
pub(crate) struct OtherState {
    pub(crate) state: NonNull<u8>,
    pub(crate) change: Change,
}

/// How one state becomes another.
#[derive(Debug)]
pub(crate) enum Change {
    /// Values change places between the two.
    Carry(Carry),
    /// The new one is made by the file's `migrate`.
    Migrate(Migrate),
}

/// A function of the user's that makes a state from the one before.
#[derive(Debug)]
pub(crate) struct Migrate {
    /// `migrate`, `voices::migrate`
    pub(crate) path: String,
    pub(crate) make: unsafe extern "C-unwind" fn(*const u8, *mut u8),
    pub(crate) is_made: bool,
}

impl OtherState {
    /// # Safety
    ///
    /// As for [`Turn::apply`].
    unsafe fn exchange(&mut self, live: NonNull<u8>) -> Result<(), Caught> {
        match &mut self.change {
            // SAFETY: the caller's promise.
            Change::Carry(carry) => unsafe { carry.run(live.as_ptr(), self.state.as_ptr()) },
            Change::Migrate(migrate) if !migrate.is_made => {
                // SAFETY: the shim was checked to take the live state's type and to make the other
                // one's, for which there is room; the old state is only read.
                fault::catch(|| unsafe { (migrate.make)(live.as_ptr(), self.state.as_ptr()) })?;
                migrate.is_made = true;
            }
            // Back: the old state is as it was.
            Change::Migrate(_) => {}
        }
        Ok(())
    }
}

/// One commit on its way to a calling thread, or on its way back.
#[derive(Debug)]
pub(crate) struct Turn {
    /// Which turn this is; the port tells the program the last one taken.
    pub(crate) ticket: u64,
    /// Slots and the entries that they get.
    pub(crate) stores: Vec<(SlotRef, usize)>,
    /// The same for slots that nothing live calls through, but what the closure could go back to until
    /// it takes this. They are not taken back: what was in them may be gone by then.
    pub(crate) left: Vec<(SlotRef, usize)>,
    /// The slot of the closure's function, when it is another one (its signature's types changed).
    pub(crate) slot: SlotRef,
    pub(crate) state: Option<OtherState>,
    pub(crate) generation: u64,
    /// Set when the turn comes back because its code panicked.
    pub(crate) caught: Option<Caught>,
}

// SAFETY: the state that a turn points to belongs to whoever holds the turn, and every state type
// is checked to be Send when its shims are compiled.
unsafe impl Send for Turn {}

impl Turn {
    /// Exchanges what the turn holds with what is live. When the file's `migrate` panics, everything
    /// is as it was.
    ///
    /// # Safety
    ///
    /// Nobody runs code of this program that the turn replaces on behalf of `running`; the states
    /// have the layouts that the change was planned for; the table is alive.
    pub(crate) unsafe fn apply(&mut self, running: &mut Running) -> Result<(), Caught> {
        // SAFETY: the caller's promise.
        unsafe { self.exchange_entries() };
        if let Some(other) = &mut self.state {
            // SAFETY: the caller's promise.
            let exchanged = unsafe { other.exchange(running.state) };
            if let Err(caught) = exchanged {
                // SAFETY: as above: this takes the entries back.
                unsafe { self.exchange_entries() };
                return Err(caught);
            }
            std::mem::swap(&mut running.state, &mut other.state);
        }
        self.left.clear();
        std::mem::swap(&mut running.slot, &mut self.slot);
        std::mem::swap(&mut running.generation, &mut self.generation);
        Ok(())
    }

    /// # Safety
    ///
    /// The table is alive.
    unsafe fn exchange_entries(&mut self) {
        for (slot, entry) in self.stores.iter_mut().chain(&mut self.left) {
            // SAFETY: the caller keeps the table alive.
            let slot = unsafe { slot.get() };
            let before = slot.entry();
            slot.publish(*entry);
            *entry = before;
        }
    }

    /// Whether `migrate` has made the state that the turn brings.
    pub(crate) fn has_migrated(&self) -> bool {
        self.migrate().is_some_and(|migrate| migrate.is_made)
    }

    /// The `migrate` that was to make the state and did not.
    pub(crate) fn failed_to_migrate(&self) -> Option<&str> {
        let migrate = self.migrate().filter(|migrate| !migrate.is_made)?;
        Some(&migrate.path)
    }

    fn migrate(&self) -> Option<&Migrate> {
        match &self.state {
            Some(OtherState { change: Change::Migrate(migrate), .. }) => Some(migrate),
            _ => None,
        }
    }
}

/// A fault that left a closure nothing to go back to: it is silent until it takes a turn after `since`.
#[derive(Debug)]
pub(crate) struct Silence {
    pub(crate) since: u64,
    /// The generation whose code it was.
    pub(crate) generation: u64,
    pub(crate) caught: Caught,
}

/// Where a closure and its program meet.
///
/// A closure takes no turn until the program has emptied `superseded`, `faulted` and `silent`, so each box is
/// filled at most once between two collections. The program takes back what is pending before it
/// empties `faulted`, since that was planned on the turn that came back, and before it empties `silent`, since it may
/// be the same text, optimised: code that no longer asks whether it is to stop.
#[derive(Debug)]
pub(crate) struct Port {
    /// Program to closure: the commit to take.
    pub(crate) pending: Exchange<Turn>,
    /// Closure to program: the turn that can no longer be gone back on, with what it replaced.
    pub(crate) superseded: Exchange<Turn>,
    /// Closure to program: the turn that was taken back because its code panicked.
    pub(crate) faulted: Exchange<Turn>,
    /// Closure to program: a panic that left nothing to go back to.
    pub(crate) silent: Exchange<Silence>,
    /// Whether the closure may exchange entries.
    pub(crate) alone: Alone,
    taken: AtomicU64,
}

impl Port {
    pub(crate) fn new() -> Port {
        Port {
            pending: Exchange::new(),
            superseded: Exchange::new(),
            faulted: Exchange::new(),
            silent: Exchange::new(),
            alone: Alone::new(),
            taken: AtomicU64::new(0),
        }
    }

    /// The closure's side: takes the waiting turn, if there is one. One plain load when there is none.
    ///
    /// As long as the program has not collected what the closure left, no turn is taken: it may have
    /// been planned on one that was taken back since.
    #[inline]
    pub(crate) fn next_turn(&self) -> Option<Box<Turn>> {
        if self.pending.seems_empty() {
            return None;
        }
        let is_collected =
            self.faulted.is_empty() && self.superseded.is_empty() && self.silent.is_empty();
        if is_collected { self.pending.take() } else { None }
    }

    /// Tells the program that the turn with this ticket was taken.
    #[inline]
    pub(crate) fn set_taken(&self, ticket: u64) {
        // Release: pairs with the acquire load in `taken`.
        self.taken.store(ticket, Ordering::Release);
    }

    /// The ticket of the last turn taken.
    pub(crate) fn taken(&self) -> u64 {
        // Acquire: pairs with the release store in `set_taken`.
        self.taken.load(Ordering::Acquire)
    }
}

#[cfg(test)]
mod tests;
