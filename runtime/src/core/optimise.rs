//! The second word on a generation: its optimised code, or that the slower compiler rejects it.
//!
//! Optimised code takes the place of the generation that it was compiled for, under the same number: the
//! history knows edits, and this is none. Where that generation is not live any more, it is too late.

use std::time::Instant;

use segue_compiler::Compiled;

#[cfg(debug_assertions)]
use super::audit;
use super::{Core, collect::Recalled};
use crate::{
    compilers::Rejected,
    error::Error,
    event::{Cause, Event, Timings},
    held::Later,
    saved::Text,
    sync::lock,
};

impl Core {
    /// Brings the optimised code of the generation `number` to the callers, if it is live still.
    pub(crate) fn optimise(&self, compiled: Compiled, number: u64, timings: Timings) {
        let started = Instant::now();
        let later = Later::new(self);
        let mut state = lock(&self.state);
        self.settle(&mut state, &later);
        let posted = state.live.current().clone();
        if posted.number != number {
            return;
        }
        self.disarm(&mut state);
        let recalled = self.recall(&mut state);
        // Nobody took what came first: then this is what the edit ends as.
        let untold = recalled.as_ref().filter(|recalled| recalled.is_untold);
        let cause = untold.map_or(Cause::Optimised, |recalled| recalled.cause);
        let callers = state.callers();
        let warnings = compiled.warnings.clone();
        let result =
            state.live.prepare(compiled, number, callers).and_then(|(prepared, wanted)| {
                let timings = Timings { link: started.elapsed(), ..timings };
                self.note_saved(cause, &prepared.generation, &wanted);
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

    /// The slower compiler rejects the text of the generation `number`: the program leaves it, unless that is
    /// not wanted.
    pub(crate) fn reject(&self, error: Error, number: u64, rejected: Rejected) {
        if rejected == Rejected::StaysLive {
            return self.tell(Event::NotOptimised { generation: number, error, back_to: None });
        }
        let later = Later::new(self);
        let mut state = lock(&self.state);
        self.settle(&mut state, &later);
        self.leave(&mut state, number, &format!("rejected: {error}"));
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
}
