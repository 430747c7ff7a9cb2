//! What a program tells its embedder: each save ends as *live*, *unchanged* or *refused*, unless a
//! newer one overtakes it.

use std::{fmt, time::Duration};

use segue_compiler::Diagnostic;

use crate::{error::Error, fault::Fault, state::FieldLine};

/// Something that happened to a program.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// The text is what runs now.
    Live(Report),
    /// The text compiles to the code that runs already (a comment was edited, say).
    Unchanged(Report),
    /// The text was refused; what was live stays live.
    Refused(Error),
    /// Live code panicked.
    Fault(Fault),
    /// Files can no longer be watched, or not all of them; says why.
    NotWatching(String),
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::Live(report) => write!(f, "live: {report}"),
            Event::Unchanged(report) => write!(f, "unchanged: {report}"),
            Event::Refused(error) => write!(f, "refused: {error}"),
            Event::Fault(fault) => fault.fmt(f),
            Event::NotWatching(why) => write!(f, "not watching: {why}"),
        }
    }
}

/// What an edit did.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report {
    /// The generation that is live after it.
    pub generation: u64,
    /// What brought it about.
    pub cause: Cause,
    /// Functions whose code changed, as people write them.
    pub changed: Vec<String>,
    /// Functions that were not there before.
    pub added: Vec<String>,
    /// Functions that are gone, or were inlined everywhere.
    pub removed: Vec<String>,
    /// Functions linked again, changed or not (all of them, when a type changed).
    pub linked: usize,
    /// What became of each field, when the state's type changed.
    pub state: Vec<FieldLine>,
    /// The compiler's warnings.
    pub warnings: Vec<Diagnostic>,
    /// Where the time went.
    pub timings: Timings,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "generation {}", self.generation)?;
        let kinds =
            [("changed", &self.changed), ("added", &self.added), ("removed", &self.removed)];
        for (kind, names) in kinds {
            if !names.is_empty() {
                write!(f, ", {kind} {}", names.join(" "))?;
            }
        }
        write!(f, ", {}", self.timings)?;
        self.state.iter().try_for_each(|line| write!(f, "\n  {line}"))
    }
}

/// What brings a generation about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// The program was opened.
    Open,
    /// A watched file was saved.
    Save,
    /// The embedder gave the text.
    Apply,
    /// The embedder went back a generation.
    Undo,
    /// The embedder went forward a generation.
    Redo,
}

/// Where the time of an edit went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timings {
    /// From the file's modification time, where the clock allows, to the start of the compiler.
    pub watch: Duration,
    /// The compiler.
    pub compile: Duration,
    /// Parse, split, compare, link.
    pub link: Duration,
    /// From the linked code to the calling thread having taken it.
    pub publish: Duration,
}

impl Timings {
    /// From the save to live.
    pub fn total(&self) -> Duration {
        self.watch + self.compile + self.link + self.publish
    }
}

impl fmt::Display for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let Timings { watch, compile, link, publish } = *self;
        write!(
            f,
            "{:.0} ms (watch {:.1}, compile {:.0}, link {:.1}, publish {:.1})",
            ms(self.total()),
            ms(watch),
            ms(compile),
            ms(link),
            ms(publish)
        )
    }
}
