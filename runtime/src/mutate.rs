//! Mutation testing in the process: another text for a while, through the slots that are there.
//!
//! A mutant of a live function is an edit that is taken back: the program's own compiler makes the changed
//! functions, publishing them is a store per slot, and so is going back. No process is forked, so what the work
//! leaves behind (statics, files, threads) stays; `segue-mutants` forks.

use crate::{error::Error, event::Report, program::Program};

impl Program {
    /// Runs `work` while `text` is the program's text, and goes back to what was live before: also when `work`
    /// panics. `work` gets the report of the change; where [`Report::changed`] is empty, the mutant is no other
    /// code.
    ///
    /// Every thread that calls the program meanwhile calls the mutant. A mutant that does not end does not come
    /// back, unless the program's [deadline](crate::Builder::deadline) makes a fault of it. Afterwards the mutant is what
    /// [`redo`](Program::redo) would lead to, until the next edit.
    ///
    /// # Errors
    ///
    /// As for [`apply`](Program::apply): the mutant does not compile, and `work` was not run. As for
    /// [`go_to`](Program::go_to): it was run, and the mutant is still live.
    pub fn mutate<R>(&self, text: &str, work: impl FnOnce(&Report) -> R) -> Result<R, Error> {
        let before = self.generation();
        // With a short history the mutant would push it out.
        let was_kept = self.history().iter().any(|it| it.number == before && it.is_kept);
        let is_kept = !was_kept && self.keep(before).is_ok();
        let back = Back { program: self, before, is_kept };
        let report = self.apply(text)?;
        let result = work(&report);
        back.go()?;
        Ok(result)
    }
}

/// The way back; it is gone when dropped at the latest.
struct Back<'a> {
    program: &'a Program,
    before: u64,
    is_kept: bool,
}

impl Back<'_> {
    fn go(&self) -> Result<(), Error> {
        self.program.go_to(self.before).map(|_| ())
    }
}

impl Drop for Back<'_> {
    fn drop(&mut self) {
        // Where the work has panicked, there is nobody to tell; else this leads to where the program is.
        let _ = self.go();
        if self.is_kept {
            let _ = self.program.release(self.before);
        }
    }
}
