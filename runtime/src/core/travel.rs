//! Going through the history: back, forth, to a number. Stores where that is safe, else linked again
//! from the objects that the history keeps; never a compiler.

use std::time::Instant;

use super::{Core, State};
use crate::{
    error::Error,
    event::{Cause, Event, Report, Timings},
    held::Later,
    listing::{self, GenerationView, Held},
    sync::lock,
};

/// Where to go.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Travel {
    Back,
    /// Back from a text that was rejected.
    Rejected,
    Forth,
    To(u64),
}

impl Travel {
    fn cause(self) -> Cause {
        match self {
            Travel::Back | Travel::Rejected => Cause::Undo,
            Travel::Forth => Cause::Redo,
            Travel::To(_) => Cause::GoTo,
        }
    }
}

impl Core {
    /// Goes to another generation of the history.
    pub(crate) fn travel(&self, travel: Travel) -> Result<Report, Error> {
        let later = Later::new(self);
        let mut state = lock(&self.state);
        self.settle(&mut state, &later);
        self.travel_locked(&mut state, travel)
    }

    pub(super) fn travel_locked(&self, state: &mut State, travel: Travel) -> Result<Report, Error> {
        let started = Instant::now();
        self.disarm(state);
        let posted = state.live.current().clone();
        // Where to go is decided by what was posted: whether it was taken yet makes no difference.
        let target = match travel {
            Travel::Back => state.history.before(),
            Travel::Rejected => state.history.judged_before(),
            Travel::Forth => state.history.after(),
            Travel::To(number) => state.history.find(number),
        };
        let target = target?.clone();
        if target.number == posted.number {
            let report = Report::nothing(target.number, travel.cause());
            self.tell(Event::Unchanged(report.clone()));
            return Ok(report);
        }
        let recalled = self.recall(state);
        let callers = state.callers();
        let result = state.live.prepare_return(&target, callers).and_then(|prepared| {
            let timings = Timings { link: started.elapsed(), ..Timings::default() };
            self.install(state, prepared, travel.cause(), timings, Vec::new())
        });
        if result.is_ok() {
            // Whoever asks for it by number wants to see it again; the others pass over what faulted.
            state.history.set_faulted(target.number, None);
        }
        self.end_recall(state, &posted, recalled, &result);
        #[cfg(debug_assertions)]
        super::audit::audit(state);
        result
    }

    /// What can be gone to.
    pub(crate) fn history(&self) -> Vec<GenerationView> {
        let later = Later::new(self);
        let mut state = lock(&self.state);
        self.settle(&mut state, &later);
        let State { live, history, closures, .. } = &mut *state;
        let (current, epochs) = (live.current().clone(), &*self.epochs);
        listing::list(history, &Held { live: &current, kept: live.kept(), epochs, closures })
    }

    /// Keeps a generation by hand.
    pub(crate) fn keep(&self, number: u64) -> Result<(), Error> {
        lock(&self.state).history.keep(number)
    }

    /// Takes that back.
    pub(crate) fn release(&self, number: u64) -> Result<(), Error> {
        let later = Later::new(self);
        let mut state = lock(&self.state);
        self.settle(&mut state, &later);
        let needed = state.needed();
        let dropped = state.history.release(number, &needed)?;
        self.let_go(&mut state, dropped);
        Ok(())
    }
}
