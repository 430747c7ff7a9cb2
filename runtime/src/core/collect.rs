//! What comes back from the closures: turns that were taken, superseded or panicked, and closures
//! that were dropped. The program's thread collects it all, on every tick and before every commit.

use std::sync::Arc;

use segue_compiler::Diagnostic;

use super::{Core, Moved, State};
use crate::{
    closure::Closed,
    commit::{Silence, Turn},
    deliver::{Flight, Record},
    event::{Cause, Event, Report, Timings},
    fault::Fault,
    generation::Generation,
    held::Later,
    sync::lock,
};

/// What was told of a generation that was recalled.
pub(super) struct Recalled {
    pub(super) cause: Cause,
    pub(super) timings: Timings,
    pub(super) warnings: Vec<Diagnostic>,
    /// Nobody was told yet how it ended.
    pub(super) is_untold: bool,
}

impl Default for Recalled {
    fn default() -> Recalled {
        let (timings, warnings) = (Timings::default(), Vec::new());
        Recalled { cause: Cause::Apply, timings, warnings, is_untold: false }
    }
}

impl From<Report> for Recalled {
    fn from(report: Report) -> Recalled {
        let Report { cause, timings, warnings, .. } = report;
        Recalled { cause, timings, warnings, is_untold: true }
    }
}

impl Core {
    /// Collects what the closures left: landed, superseded and faulted turns, closed closures.
    ///
    /// Returns whether something is still on its way.
    pub(crate) fn tick(&self) -> bool {
        let later = Later::new(self);
        let mut state = lock(&self.state);
        self.settle(&mut state, &later);
        let flying = state.closures.iter().flat_map(|each| &each.flights);
        flying.into_iter().any(|flight| flight.report.is_some())
    }

    /// The same, for whoever has the lock. What is dropped on the way waits for `_later`.
    pub(super) fn settle(&self, state: &mut State, _later: &Later<'_>) {
        // First, since a closure that falls silent may have left a turn that came back before: that one
        // is what the program goes back on first, and it is there for who sees the silence.
        let silent: Vec<_> =
            (0..state.closures.len()).map(|index| self.take_silence(state, index)).collect();
        let mut left = Vec::new();
        for index in 0..state.closures.len() {
            self.land(&mut state.closures[index]);
            if !state.closures[index].port.faulted.is_empty() {
                // What was posted meanwhile was planned on the turn that was taken back. The
                // closure takes nothing until its faulted turn is collected, so it is still here.
                let posted = state.live.current().clone();
                let mut recalled = self.recall(state);
                if let Some(turn) = state.closures[index].port.faulted.take() {
                    recalled = self.withdraw(state, &posted, recalled, turn.generation);
                    left.extend(self.fault(state, index, *turn));
                }
                if let Some(recalled) = recalled {
                    self.post_again(state, &posted, recalled);
                }
            }
            let record = &mut state.closures[index];
            if let Some(turn) = record.port.superseded.take()
                && let Some(flight) = record.take_flight(&turn)
            {
                // SAFETY: the closure gave the turn away: it went on to a newer one.
                unsafe { flight.settle() };
            }
        }
        self.collect_faults(state);
        for (number, message) in left {
            self.leave(state, number, &message);
        }
        for (index, silence) in silent.into_iter().enumerate() {
            let Some(silence) = silence else { continue };
            let record = &mut state.closures[index];
            let (path, Silence { since, caught, .. }) = (record.path.clone(), *silence);
            if since == record.port.taken() {
                record.silent = Some((since, caught.message.clone()));
            }
            self.blame(state, &path, caught);
        }
        for closed in std::mem::take(&mut state.closed) {
            if let Some(report) = close(state, closed) {
                self.tell(Event::live(report));
            }
        }
    }

    /// Takes what a closure that fell silent left. What waited for it goes out again, unless it is the same generation's
    /// optimised code: from any other turn of that generation the program goes back, with all closures.
    fn take_silence(&self, state: &mut State, index: usize) -> Option<Box<Silence>> {
        if state.closures[index].port.silent.is_empty() {
            return None;
        }
        let posted = state.live.current().clone();
        let recalled = self.recall(state);
        let silence = state.closures[index].port.silent.take()?;
        let is_optimised = recalled.as_ref().is_some_and(|it| it.cause == Cause::Optimised);
        let recalled = if is_optimised {
            self.withdraw(state, &posted, recalled, silence.generation)
        } else {
            recalled
        };
        if let Some(recalled) = recalled {
            self.post_again(state, &posted, recalled);
        }
        Some(silence)
    }

    /// Of what was recalled, what is to be posted again after code of the generation `faulted` faulted: not that
    /// generation. What waited is its optimised code, which would fault too or, without polls, never come
    /// back; or somebody went to it before it was known.
    fn withdraw(
        &self,
        state: &mut State,
        posted: &Arc<Generation>,
        recalled: Option<Recalled>,
        faulted: u64,
    ) -> Option<Recalled> {
        let recalled = recalled?;
        if posted.number != faulted {
            return Some(recalled);
        }
        // Who goes to it by its number gets the code that ran.
        self.follow(state);
        self.look(state);
        if recalled.is_untold && recalled.cause != Cause::Optimised {
            self.tell(Event::Overtaken { generation: Some(posted.number) });
        }
        None
    }

    /// Tells of turns that were taken.
    fn land(&self, record: &mut Record) {
        let taken = record.port.taken();
        record.silent.take_if(|(since, _)| *since < taken);
        for flight in &mut record.flights {
            if flight.ticket <= taken
                && let Some(mut report) = flight.report.take()
            {
                report.timings.publish = flight.posted.elapsed();
                self.tell(Event::live(report));
            }
        }
    }

    /// A closure took its last turn back: so does the program. Where there are several callers,
    /// returns the generation that all of them shall leave, and why.
    fn fault(&self, state: &mut State, index: usize, turn: Turn) -> Option<(u64, String)> {
        let record = &mut state.closures[index];
        let flight = record.take_flight(&turn)?;
        let (faulted, back_to) = (flight.generation.number, flight.previous.number);
        let path = turn.failed_to_migrate().unwrap_or(&record.path).to_owned();
        record.held = flight.held_without();
        let caught = turn.caught.unwrap_or_default();
        let message = caught.message.clone();
        // From optimised code it goes back to that of the same generation.
        if faulted != back_to {
            state.history.set_faulted(faulted, Some(message.clone()));
        }
        // SAFETY: the closure took the turn back: it holds `before` again.
        let carried = unsafe { take_back(state, flight) };
        if carried && faulted != back_to {
            state.moved = Moved::Faulted(faulted, message.clone());
        }
        if carried {
            self.follow(state);
            self.look(state);
        }
        self.tell(Event::Fault(Fault::new(&path, caught, faulted, Some(back_to), &self.memory)));
        (!carried).then_some((faulted, message))
    }

    /// Takes back the turns that nobody took, if there are any. The history's mark stays where it is: an
    /// edit that follows is made on what was posted, taken or not.
    pub(super) fn recall(&self, state: &mut State) -> Option<Recalled> {
        let mut recalled = None;
        for index in 0..state.closures.len() {
            let Some(mut flight) = state.closures[index].recall() else { continue };
            let report = flight.report.take();
            recalled = recalled.or(Some(report.map(Recalled::from).unwrap_or_default()));
            // SAFETY: the turn was never taken: the closure still holds `before`.
            unsafe { take_back(state, flight) };
        }
        recalled
    }
}

/// Makes what was live before `flight` live again; whether entries went with it.
///
/// # Safety
///
/// The closure holds the state from before the flight.
unsafe fn take_back(state: &mut State, flight: Flight) -> bool {
    if flight.carries_entries {
        state.live.set_current(flight.previous.clone());
    }
    let carried = flight.carries_entries;
    // SAFETY: the caller's promise.
    unsafe { flight.undo() };
    carried
}

pub(super) fn close(state: &mut State, closed: Closed) -> Option<Report> {
    let at = state.closures.iter().position(|each| Arc::ptr_eq(&each.port, &closed.port))?;
    let mut record = state.closures.remove(at);
    if !record.port.faulted.is_empty()
        && let Some(flight) = record.recall()
    {
        // What waits was planned on the turn that came back; where somebody looks after it, that was
        // found before (`settle`).
        // SAFETY: the turn was never taken.
        unsafe { take_back(state, flight) };
    }
    let pending = record.port.pending.take();
    if let Some(turn) = record.port.faulted.take()
        && let Some(flight) = record.take_flight(&turn)
    {
        record.held = flight.held_without();
        // SAFETY: the closure took the turn back.
        unsafe { take_back(state, flight) };
    }
    let mut told = None;
    if let Some(turn) = pending
        && let Some(mut flight) = record.take_flight(&turn)
    {
        record.held = flight.held_without();
        told = flight.report.take();
        // The one caller is gone: what it would have taken is stored now.
        for (slot, entry) in turn.stores.iter().chain(&turn.left) {
            // SAFETY: the generation that the slot belongs to is live, and so is the table.
            unsafe { slot.get() }.publish(*entry);
        }
        // SAFETY: the turn was never taken: nobody has the state that it brought.
        unsafe { flight.undo() };
    }
    for flight in record.flights.drain(..) {
        // SAFETY: the closure is gone; its turn's other state is whichever it does not hold.
        unsafe { flight.settle() };
    }
    drop(closed.last);
    debug_assert_eq!(record.held.at, closed.state, "the records follow what the closure holds");
    // SAFETY: the closure is gone, and with it the last user of the state.
    unsafe { record.held.dispose() };
    told
}
