//! Closures: a live function together with the state it owns, called from one thread at a time.
//!
//! [`Closure::call`] is what an audio callback calls for each block. It takes a waiting commit
//! first (so a call is a block boundary), then calls the function through its slot. Without a
//! commit and without a panic it locks nothing, allocates nothing and makes no system call.

use std::{fmt, marker::PhantomData, ptr::NonNull, sync::Arc};

use crate::{
    commit::{Port, Running, Silence, Turn},
    core::Core,
    epoch::Participant,
    fault::{self, Caught},
};

/// A type that the host shares with live files, as the argument of a closure.
///
/// # Safety
///
/// `SOURCE` is the text that the implementing type was compiled from, the type in it is called
/// `NAME`, and its layout follows from that text alone (`#[repr(C)]`).
pub unsafe trait Shared {
    /// The type's name, as live code writes it.
    const NAME: &'static str;
    /// The Rust source that defines it.
    const SOURCE: &'static str;

    /// Takes back what a call that panicked left in the argument, before older code is called with
    /// it. Runs on the calling thread.
    fn reset(&mut self) {}
}

/// The entry of a closure's function at the slot's C ABI.
type Entry<A> = extern "C-unwind" fn(*mut u8, *mut A);

/// What a dropped closure leaves to the program: its state, and the turn it could still go back on.
pub(crate) struct Closed {
    pub(crate) port: Arc<Port>,
    pub(crate) state: NonNull<u8>,
    pub(crate) last: Option<Box<Turn>>,
}

// SAFETY: the state belongs to whoever holds this value; state types are checked to be Send.
unsafe impl Send for Closed {}

/// A live function and its state, `fn(&mut State, &mut A)`.
///
/// Dropping it hands the state to the program's thread; that allocates, so a real-time thread
/// lets another one drop it.
pub struct Closure<A> {
    running: Running,
    participant: Participant,
    port: Arc<Port>,
    /// The newest turn taken: its own inverse, should its code panic.
    last: Option<Box<Turn>>,
    /// The code panicked and there was nothing to go back to: wait for the next commit.
    halted: bool,
    /// Keeps the slots that `running` and the turns name, and the code behind them.
    core: Arc<Core>,
    path: Arc<str>,
    _argument: PhantomData<fn(&mut A)>,
}

// SAFETY: the state is owned by the closure and its type is checked to be Send; the participant may
// move between threads; `A` is only borrowed during calls.
unsafe impl<A> Send for Closure<A> {}

/// What a call of a closure did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The generation that ran (that would have run, for [`Outcome::Silent`]).
    pub generation: u64,
    /// Whether a commit was taken, or gone back on, at this block.
    pub swapped: bool,
    /// How the call ended.
    pub outcome: Outcome,
}

/// How a call of a closure ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The function returned.
    Done,
    /// The new code panicked; the generation before it is back and did this block.
    RolledBack,
    /// The code panicked with nothing to go back to, now or at an earlier call: the argument was
    /// not filled, or only in part.
    Silent,
}

impl<A: Shared> Closure<A> {
    pub(crate) fn new(
        running: Running,
        participant: Participant,
        port: Arc<Port>,
        core: Arc<Core>,
        path: Arc<str>,
    ) -> Closure<A> {
        Closure {
            running,
            participant,
            port,
            last: None,
            halted: false,
            core,
            path,
            _argument: PhantomData,
        }
    }

    /// Takes a waiting commit, then calls the function on the state and `argument`.
    ///
    /// A panic of the function does not leave this call: the last commit is taken back, code,
    /// slot and state type, and the call is made again with what worked before. What the call had written
    /// into fields that both types share stays written.
    pub fn call(&mut self, argument: &mut A) -> Call {
        let _within = fault::within(self.core.limits().closures);
        let mut swapped = self.take_turn();
        let outcome = if self.halted {
            Outcome::Silent
        } else {
            match self.run(argument) {
                Ok(()) => Outcome::Done,
                Err(caught) => {
                    let outcome = self.fall_back(caught, argument);
                    swapped |= outcome == Outcome::RolledBack;
                    outcome
                }
            }
        };
        Call { generation: self.running.generation, swapped, outcome }
    }

    /// The generation that the next call runs, unless a commit is waiting.
    pub fn generation(&self) -> u64 {
        self.running.generation
    }

    fn run(&mut self, argument: &mut A) -> Result<(), Caught> {
        let guard = self.participant.pin();
        let (slot, state) = (self.running.slot, self.running.state.as_ptr());
        fault::catch(|| {
            // Loaded in here, as in `Pinned::try_call`.
            // SAFETY: `core` keeps the table.
            let entry = unsafe { slot.get() }.entry();
            // SAFETY: the slot belongs to `fn(&mut State, &mut A)` with the very types that the
            // state was made as and that `A` was checked against; it had an entry before the
            // closure or the turn was handed out; the guard keeps the code.
            let entry = unsafe { std::mem::transmute::<usize, Entry<A>>(entry) };
            entry(state, argument);
        })
        .map_err(|caught| Caught { began: guard.since(), ..caught })
    }

    #[inline]
    fn take_turn(&mut self) -> bool {
        let Some(mut turn) = self.port.next_turn() else { return false };
        let ticket = turn.ticket;
        let guard = self.participant.pin();
        // SAFETY: the program posts turns with stores only to a closure that is the one caller,
        // and this thread is between two calls; otherwise a turn holds just this closure's state
        // and slot. `core` keeps the table, the guard what the file's `migrate` calls.
        let applied = unsafe { turn.apply(&mut self.running) };
        drop(guard);
        if let Err(caught) = applied {
            turn.caught = Some(caught);
            let left = self.port.faulted.post(turn);
            debug_assert!(left.is_none(), "a turn is taken only where no other one came back");
            std::mem::forget(left);
            self.core.wake();
            return false;
        }
        self.halted = false;
        if let Some(superseded) = self.last.replace(turn) {
            let left = self.port.superseded.post(superseded);
            debug_assert!(left.is_none(), "the program empties the box before it posts");
            std::mem::forget(left);
        }
        self.port.set_taken(ticket);
        true
    }

    #[cold]
    fn fall_back(&mut self, caught: Caught, argument: &mut A) -> Outcome {
        // With several callers the entries are in the slots already: they go back for everybody.
        let went = self.core.go_back();
        match (self.go_back(caught, went), went) {
            (Ok(()), _) => {}
            (Err(caught), Some(_)) => self.core.report(&self.path, caught, went),
            (Err(caught), None) => return self.halt(caught),
        }
        self.core.wake();
        argument.reset();
        match self.run(argument) {
            Ok(()) => Outcome::RolledBack,
            Err(caught) => self.halt(caught),
        }
    }

    /// Takes the last turn back, and leaves it with what was caught to the program. Gives that back
    /// where there is no such turn, or others may be inside: then the program goes back, in the way that
    /// is safe for them. So it does where a newer turn came back already, whose `migrate` faulted, and
    /// the program has yet to collect it.
    fn go_back(&mut self, caught: Caught, went: Option<(u64, u64)>) -> Result<(), Caught> {
        if !self.port.faulted.is_empty() {
            return Err(caught);
        }
        let claim = self.port.alone.claim();
        let running = self.running.generation;
        let is_mine = |turn: &mut Box<Turn>| {
            // The last turn is the newest commit's, unless that one was not taken yet.
            let is_newest = went.is_none_or(|(from, _)| from == running);
            is_newest && (claim.is_some() || turn.stores.is_empty())
        };
        let Some(mut turn) = self.last.take_if(is_mine) else { return Err(caught) };
        // SAFETY: as in `take_turn`: between two calls, on the one thread that may; where there are
        // entries, no other caller is let in before they are exchanged and the turn is given back.
        let _ = unsafe { turn.apply(&mut self.running) };
        turn.caught = Some(caught);
        let left = self.port.faulted.post(turn);
        debug_assert!(left.is_none(), "one turn is out at a time");
        std::mem::forget(left);
        Ok(())
    }

    #[cold]
    fn halt(&mut self, caught: Caught) -> Outcome {
        self.halted = true;
        let (since, generation) = (self.port.taken(), self.running.generation);
        let silence = Silence { since, generation, caught };
        std::mem::forget(self.port.silent.post(Box::new(silence)));
        self.core.wake();
        Outcome::Silent
    }
}

impl<A> Drop for Closure<A> {
    fn drop(&mut self) {
        let closed =
            Closed { port: self.port.clone(), state: self.running.state, last: self.last.take() };
        self.core.closed(closed);
    }
}

impl<A> fmt::Debug for Closure<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Closure")
            .field("generation", &self.running.generation)
            .finish_non_exhaustive()
    }
}
