//! Faults as a program sees them: the way back for calling threads, and the books afterwards.
//!
//! A calling thread stores the way back, leaves its report, and wakes the thread that stands by; it
//! never takes the core's lock. Whoever holds the lock next goes back in the books too, to the
//! generation whose entries are in the slots already, so that closures get their states back.

use std::{sync::Arc, thread::Thread};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::{Core, Moved, State, travel::Travel};
use crate::{
    commit::SlotRef,
    event::Event,
    fault::{Caught, Fault, FaultKind},
    generation::Generation,
    live::{Prepared, Store},
    sync::OnceLock,
    way_back::{Way, WayBack},
};

/// Reports of calling threads that nobody collected yet; beyond these they are dropped.
const REPORTS: usize = 64;

/// What calling threads use after a fault.
pub(super) struct Faults {
    way_back: WayBack<[Arc<Generation>; 2]>,
    reports: Sender<Report>,
    collected: Receiver<Report>,
    standby: OnceLock<Thread>,
}

/// A fault in a call that was not a closure's, or that did not take a turn back.
struct Report {
    called: Arc<str>,
    caught: Caught,
    /// From which generation to which the calling thread went back.
    went: Option<(u64, u64)>,
}

impl Faults {
    pub(super) fn new() -> Faults {
        let (reports, collected) = bounded(REPORTS);
        Faults { way_back: WayBack::new(), reports, collected, standby: OnceLock::new() }
    }
}

impl Core {
    /// From now on `thread` is woken by faults.
    pub(crate) fn stand_by(&self, thread: Thread) {
        let _ = self.faults.standby.set(thread);
    }

    /// A calling thread's side: goes back from the newest commit, if there is a way.
    pub(crate) fn go_back(&self) -> Option<(u64, u64)> {
        self.faults.way_back.go()
    }

    /// A calling thread's side: somebody shall look after what it left.
    pub(crate) fn wake(&self) {
        if let Some(thread) = self.faults.standby.get() {
            thread.unpark();
        }
    }

    /// A calling thread's side: leaves a report for the books.
    pub(crate) fn report(&self, called: &Arc<str>, caught: Caught, went: Option<(u64, u64)>) {
        let report = Report { called: called.clone(), caught, went };
        // Full: as many faults wait to be told.
        let _ = self.faults.reports.try_send(report);
        self.wake();
    }

    /// A call of `called` through a handle faulted: goes back, and says what it was.
    pub(crate) fn faulted(&self, called: &Arc<str>, caught: Caught) -> Box<Fault> {
        let went = self.go_back();
        let (generation, back_to) = went.map_or((0, None), |(from, to)| (from, Some(to)));
        // Before anybody is woken, who would be in the way of naming the frames.
        let fault = Fault::new(called, caught.clone(), generation, back_to, &self.memory);
        self.report(called, caught, went);
        Box::new(fault)
    }

    /// Prepares the way back from `prepared`, whose entries are about to be stored.
    pub(super) fn way_from(
        &self,
        state: &State,
        prepared: &Prepared,
    ) -> Option<Way<[Arc<Generation>; 2]>> {
        let (from, to) = (&prepared.generation, state.live.current());
        let leads_back = from.number > to.number && state.history.will_lead_to(to.number);
        if !state.several || !prepared.is_reversible || !leads_back {
            return None;
        }
        let stores = entries_before(prepared, to);
        let _kept = [from.clone(), to.clone()];
        Some(Way { from: from.number, to: to.number, stores, _kept })
    }

    /// Makes that the way back.
    pub(super) fn arm(&self, state: &mut State, way: Option<Way<[Arc<Generation>; 2]>>) {
        if let Some(way) = way {
            self.faults.way_back.arm(&mut state.armed, way);
        }
    }

    /// No thread goes back from now on; if one did, the books follow.
    pub(super) fn disarm(&self, state: &mut State) {
        if let Some(way) = self.faults.way_back.disarm(&mut state.armed) {
            self.went(state, &way);
        }
    }

    /// Brings what calling threads did to the books.
    pub(super) fn collect_faults(&self, state: &mut State) {
        if let Some(way) = self.faults.way_back.gone(&mut state.armed) {
            self.went(state, &way);
        }
        while let Ok(Report { called, caught, went }) = self.faults.collected.try_recv() {
            if let Some((from, to)) = went {
                let message = caught.message.clone();
                state.history.set_faulted(from, Some(message.clone()));
                if matches!(state.moved, Moved::Faulted(number, _) if number == from) {
                    state.moved = Moved::Faulted(from, message);
                }
                self.tell(Event::Fault(Fault::new(&called, caught, from, Some(to), &self.memory)));
            } else {
                self.blame(state, &called, caught);
            }
        }
    }

    /// Tells that dropping a value of `state` by the code of `generation` ended in `caught`.
    pub(crate) fn tell_lost(&self, state: &str, caught: Caught, generation: u64) {
        let mut fault = Fault::new(state, caught, generation, None, &self.memory);
        fault.kind = FaultKind::InDrop;
        self.tell(Event::Fault(fault));
    }

    /// A thread stored the entries from before `way.from`.
    fn went(&self, state: &mut State, way: &Way<[Arc<Generation>; 2]>) {
        if state.live.current().number == way.from {
            self.back(state, Travel::Back, "a thread went back from it");
        }
    }

    /// A call faulted and nothing was taken back for it: the live generation is, unless the code that
    /// faulted was left already.
    ///
    /// Threads that fault at the same time, because of one generation, leave it once: a call that had
    /// begun when the program last went back from a fault may have met what it went back from.
    pub(super) fn blame(&self, state: &mut State, called: &str, caught: Caught) {
        self.disarm(state);
        let current = state.live.current().number;
        let message = caught.message.clone();
        let left = match state.moved {
            Moved::Faulted(left, _) if caught.began <= state.stamp => Some(left),
            _ => None,
        };
        let mut fault = Fault::new(called, caught, current, None, &self.memory);
        let newest = fault.backtrace.iter().filter_map(|frame| frame.generation).max();
        if let Some(faulted) = newest.filter(|newest| *newest > current).or(left) {
            fault.generation = faulted;
            fault.back_to = Some(current);
            return self.tell(Event::Fault(fault));
        }
        state.history.set_faulted(current, Some(message.clone()));
        fault.back_to = state.history.before().ok().map(|each| each.number);
        let goes_back = fault.back_to.is_some();
        self.tell(Event::Fault(fault));
        if goes_back {
            self.back(state, Travel::Back, &message);
        }
    }

    /// One closure has left the generation with `number`, which faulted: so do the others, unless
    /// it is not live any more.
    pub(super) fn leave(&self, state: &mut State, number: u64, message: &str) {
        self.disarm(state);
        if state.live.current().number == number && state.history.before().is_ok() {
            self.back(state, Travel::Back, message);
        }
    }

    /// Goes back from the live generation, which faulted or was rejected.
    pub(super) fn back(&self, state: &mut State, travel: Travel, message: &str) {
        let number = state.live.current().number;
        state.history.set_faulted(number, Some(message.to_owned()));
        match self.travel_locked(state, travel) {
            Ok(_) => state.moved = Moved::Faulted(number, message.to_owned()),
            Err(error) => {
                state.live.set_astray();
                self.tell(Event::Refused(error));
            }
        }
    }
}

/// What the slots hold that `prepared` stores into, as far as it is code of `to`.
///
/// The others held what only an address names (`keep`): newer code stays in them, and what it replaced is
/// free to go.
fn entries_before(prepared: &Prepared, to: &Generation) -> Vec<(SlotRef, usize)> {
    let before = |store: &Store| Some((store.slot, store.before(to)?.code.entry()));
    prepared.stores.iter().filter_map(before).collect()
}

#[cfg(all(test, feature = "rustc"))]
mod tests;
