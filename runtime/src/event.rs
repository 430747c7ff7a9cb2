//! What a program tells its embedder: each save that was read ends as exactly one of *live*,
//! *unchanged*, *refused* and, where a newer one came before it was live, *overtaken*.

use std::{fmt, time::Duration};

use segue_compiler::Diagnostic;

use crate::{
    error::{Error, ErrorKind},
    fault::Fault,
    state::FieldLine,
    statics::StaticLine,
};

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
    /// Something newer came before this was live: a save while it was being compiled, or any commit
    /// before its one caller took it. What came has an event of its own.
    Overtaken {
        /// The number that it had got by then. It may still be in the history.
        generation: Option<u64>,
    },
    /// The live generation runs as optimised code from now on (which may be the code that ran). No edit: its number and its place in the
    /// history stay.
    Optimised(Report),
    /// The slower compiler, which had its say while the generation ran already, has no optimised code for
    /// it. Where it rejected the text ([`ErrorKind::Rejected`]),
    /// the program goes back, if there is a generation to go back to; else what is live stays live.
    NotOptimised {
        /// The number of the generation.
        generation: u64,
        /// Why not.
        error: Error,
        /// The generation that is live instead.
        back_to: Option<u64>,
    },
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
            Event::Overtaken { generation: None } => f.write_str("overtaken by a newer save"),
            Event::Overtaken { generation: Some(number) } => {
                write!(f, "overtaken: generation {number} was not taken by its caller in time")
            }
            Event::Optimised(report) => write!(f, "optimised: {report}"),
            Event::NotOptimised { generation, error, back_to: None }
                if error.kind() == ErrorKind::Rejected =>
            {
                write!(f, "generation {generation} was rejected, and stays live: {error}")
            }
            Event::NotOptimised { generation, error, back_to: None } => {
                write!(f, "generation {generation} was not optimised: {error}")
            }
            Event::NotOptimised { generation, error, back_to: Some(number) } => {
                write!(f, "back to generation {number}, since {generation} was rejected: {error}")
            }
            Event::Fault(fault) => fault.fmt(f),
            Event::NotWatching(why) => write!(f, "not watching: {why}"),
        }
    }
}

impl Event {
    /// What tells that `report` is live.
    pub(crate) fn live(report: Report) -> Event {
        if report.cause == Cause::Optimised {
            Event::Optimised(report)
        } else {
            Event::Live(report)
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
    /// Statics whose initial value or type was edited, and what became of them.
    pub statics: Vec<StaticLine>,
    /// The compiler's warnings.
    pub warnings: Vec<Diagnostic>,
    /// Where the time went.
    pub timings: Timings,
}

impl Report {
    /// Of something that led to what is live already.
    pub(crate) fn nothing(generation: u64, cause: Cause) -> Report {
        let (changed, added, removed) = (Vec::new(), Vec::new(), Vec::new());
        let (state, statics, warnings) = (Vec::new(), Vec::new(), Vec::new());
        let (linked, timings) = (0, Timings::default());
        Report {
            generation,
            cause,
            changed,
            added,
            removed,
            linked,
            state,
            statics,
            warnings,
            timings,
        }
    }
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
        self.state.iter().try_for_each(|line| write!(f, "\n  {line}"))?;
        self.statics.iter().try_for_each(|line| write!(f, "\n  {line}"))
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
    /// The embedder went to a generation by its number.
    GoTo,
    /// The same text came as optimised code.
    Optimised,
}

impl Cause {
    /// Whether it leads to a generation of the history, and not to a new one.
    pub(crate) fn travels(self) -> bool {
        matches!(self, Cause::Undo | Cause::Redo | Cause::GoTo)
    }
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
