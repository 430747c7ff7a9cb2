//! The second word on a generation: its optimised code, or that the slower compiler rejects it.
//!
//! Optimised code takes the place of the generation that it was compiled for, under the same number: the
//! history knows edits, and this is none. Where that generation is not live any more, it is too late.

use std::time::Instant;

use segue_compiler::{Compiled, Source};

#[cfg(debug_assertions)]
use super::audit;
use super::{Core, State, collect::Recalled, travel::Travel};
use crate::{
    compilers::Rejected,
    error::Error,
    event::{Cause, Event, Timings},
    held::Later,
    history::Unjudged,
    saved::{Text, unread},
    sync::lock,
};

impl Core {
    /// Brings the optimised code of the generation `number` to the callers, if it is live still.
    pub(crate) fn optimise(&self, compiled: Compiled, number: u64, timings: Timings) {
        let started = Instant::now();
        let later = Later::new(self);
        let mut state = lock(&self.state);
        self.settle(&mut state, &later);
        state.history.judged(number);
        // Code that faulted does so again, and where it did not end, without polls it would not come back.
        let is_late = |state: &State| {
            state.live.current().number != number || state.history.has_faulted(number)
        };
        if is_late(&state) {
            return;
        }
        // A thread may be on the way back: then the program is gone from it now.
        self.disarm(&mut state);
        if is_late(&state) {
            return;
        }
        let posted = state.live.current().clone();
        let recalled = self.recall(&mut state);
        // Nobody took what came first: then this is what the edit ends as.
        let untold = recalled.as_ref().filter(|recalled| recalled.is_untold);
        let cause = untold.map_or(Cause::Optimised, |recalled| recalled.cause);
        let callers = state.callers();
        let warnings = compiled.warnings.clone();
        let result = state.live.prepare(compiled, number, callers).and_then(|prepared| {
            let timings = Timings { link: started.elapsed(), ..timings };
            self.note_saved(cause, &prepared.generation);
            self.install(&mut state, prepared, cause, timings, warnings)
        });
        // It is the same edit: it was not overtaken.
        let recalled = recalled.map(|recalled| Recalled {
            is_untold: recalled.is_untold && result.is_err(),
            ..recalled
        });
        self.end_recall(&mut state, &posted, recalled, &result);
        if let Err(error) = result {
            self.tell(Event::NotOptimised { generation: number, error, back_to: None });
        }
        #[cfg(debug_assertions)]
        audit::audit(&mut state);
    }

    /// The slower compiler has no code for the text of the generation `number`, and does not say that it is wrong.
    pub(crate) fn not_optimised(&self, error: Error, number: u64) {
        lock(&self.state).history.judged(number);
        self.tell(Event::NotOptimised { generation: number, error, back_to: None });
    }

    /// The slower compiler rejects the text of the generation `number`: the program leaves it if it is there, and does
    /// not come back to it by itself, unless that is not wanted.
    pub(crate) fn reject(&self, error: Error, number: u64, rejected: Rejected) {
        if rejected == Rejected::StaysLive {
            return self.not_optimised(error, number);
        }
        let later = Later::new(self);
        let mut state = lock(&self.state);
        self.settle(&mut state, &later);
        // Else it is another text that came to the same code, which is good: the code stays.
        if state.history.judged(number) {
            let first = error.diagnostics().iter().find(|each| each.is_error());
            let why = first.map_or_else(|| error.to_string(), ToString::to_string);
            self.leave_rejected(&mut state, number, &format!("rejected: {why}"));
        }
        let live = state.live.current().number;
        {
            let mut saved = lock(&self.saved);
            if matches!(&saved.text, Text::Compiled(compiled) if compiled.generation == number) {
                saved.refused(&error);
            }
        }
        let back_to = (live != number).then_some(live);
        self.tell(Event::NotOptimised { generation: number, error, back_to });
    }

    fn leave_rejected(&self, state: &mut State, number: u64, message: &str) {
        self.disarm(state);
        state.history.set_faulted(number, Some(message.to_owned()));
        if state.live.current().number == number && state.history.judged_before().is_ok() {
            self.back(state, Travel::Rejected, message);
        }
    }

    /// Notes what the slower compiler is asked about the generation `number`, for the case that it is asked again.
    pub(crate) fn set_unjudged(&self, number: u64, text: Unjudged) {
        lock(&self.state).history.set_unjudged(number, Some(text));
    }

    /// The live generation, if it is one that the slower compiler has not judged, and `is_new` says that it is not
    /// asked already; and what to ask.
    pub(crate) fn unjudged(&self, is_new: impl FnOnce(u64) -> bool) -> Option<(u64, Source)> {
        let (number, Unjudged { source, files }) = {
            let state = lock(&self.state);
            let number = state.live.current().number;
            let unjudged = state.history.unjudged(number)?;
            is_new(number).then(|| (number, unjudged.clone()))?
        };
        if unread(&files).is_some() {
            // Files beside it have changed since: there is no asking about this text any more.
            lock(&self.state).history.set_unjudged(number, None);
            return None;
        }
        Some((number, source))
    }
}
