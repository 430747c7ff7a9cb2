//! Running or saved: what the core knows of both, and how one came to differ from the other.

use std::{collections::HashMap, path::PathBuf, sync::Arc};

use super::{Core, State};
use crate::{
    error::Error,
    event::{Cause, Event, Report},
    generation::Generation,
    held::Later,
    saved::{Compiled, Text, unread},
    status::{self, FunctionStatus, Known, Reason, Saved, Status, Watching},
    sync::lock,
};

/// What moved the program last.
#[derive(Clone, Debug)]
pub(super) enum Moved {
    /// A saved text.
    Saved,
    /// A text from the embedder.
    Applied,
    /// Somebody went through the history.
    Left,
    /// The code of this generation faulted, saying so.
    Faulted(u64, String),
}

impl Moved {
    /// What moves it; optimised code of the same text does not.
    pub(super) fn by(cause: Cause) -> Option<Moved> {
        Some(match cause {
            Cause::Open | Cause::Save => Moved::Saved,
            Cause::Apply => Moved::Applied,
            Cause::Undo | Cause::Redo | Cause::GoTo => Moved::Left,
            Cause::Optimised => return None,
        })
    }
}

/// The epoch's stamp from when code of a function last came, by the function's path: whoever pinned
/// before may be in older code.
pub(super) type Arrivals = HashMap<String, u64>;

/// How many of them are kept before those that cannot matter any more are looked for.
const ARRIVALS: usize = 1024;

/// See [`Core::seen`].
struct Seen {
    text: Text,
    watching: Watching,
    running: Arc<Generation>,
    because: Reason,
    arrivals: Arrivals,
    /// Functions whose closures are silent, and what they said.
    silent: Vec<(String, String)>,
    waiting: Waiting,
}

/// Functions of closures that wait for their next call, and the generation that they then go over to.
struct Waiting {
    generation: u64,
    paths: Vec<String>,
}

impl Core {
    /// What runs, and how it stands to what is saved.
    pub(crate) fn status(&self) -> Status {
        // Files first, and without any lock: reading them may take its time. What is read of
        // them by the program afterwards is being compiled, or compiled, by then.
        let files = lock(&self.saved).files.clone();
        let unread = unread(&files);
        // Going over all functions takes its time too, and commits need the lock.
        let Seen { text, watching, running, because, arrivals, silent, waiting } = self.seen();
        let saved = match &text {
            Text::Compiled(compiled) => Some(compiled.generation),
            _ => None,
        };
        let inside = |path: &str| {
            let stamp = arrivals.get(path);
            stamp.map_or_else(Vec::new, |stamp| self.epochs.pinned_since(*stamp))
        };
        let known = Known { running: &running, because, inside: &inside, silent };
        let mut functions = status::functions(&text, unread.as_ref(), &known);
        wait_for_closures(&waiting, &mut functions);
        let text = unread.or(match text {
            Text::Compiling => Some(Reason::Compiling),
            Text::Refused(reason) => Some(reason),
            Text::Compiled(_) => None,
        });
        Status { generation: running.number, saved, text, watching, functions }
    }

    /// What a status is made of, of one moment; who is inside of what is asked later, of the epochs.
    fn seen(&self) -> Seen {
        let later = Later::new(self);
        let mut state = lock(&self.state);
        self.settle(&mut state, &later);
        let (text, watching) = {
            let saved = lock(&self.saved);
            (saved.text.clone(), saved.watching.clone())
        };
        let running = reached(&state);
        let saved = match &text {
            Text::Compiled(compiled) => Some(compiled.generation),
            _ => None,
        };
        let because = because(&state, &running, saved);
        let arrivals = state.arrivals.clone();
        let silent = state.closures.iter();
        let silent =
            silent.filter_map(|each| Some((each.path.clone(), each.silent.as_ref()?.1.clone())));
        let (silent, waiting) = (silent.collect(), waiting(&state));
        Seen { text, watching, running, because, arrivals, silent, waiting }
    }

    /// A text was linked: if it is the saved one, this is what it became.
    pub(super) fn note_saved(&self, cause: Cause, generation: &Generation) {
        if matches!(cause, Cause::Open | Cause::Save) {
            let (interface, basis) = (generation.interface.clone(), generation.basis.clone());
            let compiled = Compiled { generation: generation.number, interface, basis };
            lock(&self.saved).text = Text::Compiled(compiled);
        }
        if cause == Cause::Optimised
            && let Text::Compiled(compiled) = &mut lock(&self.saved).text
            && compiled.generation == generation.number
        {
            compiled.basis = generation.basis.clone();
        }
    }

    /// The commit of a saved text ended.
    pub(super) fn note_outcome(&self, cause: Cause, result: &Result<Report, Error>) {
        if !matches!(cause, Cause::Open | Cause::Save) {
            return;
        }
        let mut saved = lock(&self.saved);
        match (result, &mut saved.text) {
            (Ok(report), Text::Compiled(compiled)) => compiled.generation = report.generation,
            (Err(error), _) => saved.refused(error),
            _ => {}
        }
    }

    /// The saved text was refused.
    pub(crate) fn refuse_saved(&self, error: Error) {
        lock(&self.saved).refused(&error);
        self.tell(Event::Refused(error));
    }

    /// The same, where somebody waits for the error.
    pub(crate) fn note_refused(&self, error: Error) -> Error {
        lock(&self.saved).refused(&error);
        error
    }

    /// Files of the saved text were read, with these digests.
    pub(crate) fn files_read(&self, files: Vec<(PathBuf, Option<u64>)>) {
        lock(&self.saved).read(files);
    }

    /// What was read is being compiled.
    pub(crate) fn compiling_saved(&self) {
        lock(&self.saved).text = Text::Compiling;
    }

    /// Whether saves are noticed from now on.
    pub(crate) fn watching(&self, watching: Watching) {
        lock(&self.saved).watching = watching.clone();
        if let Watching::Failed(why) = watching {
            self.tell(Event::NotWatching(why));
        }
    }

    /// `report` was installed: until the threads that are inside leave, they may be in older code.
    pub(super) fn note_arrivals(&self, state: &mut State, report: &Report, stamp: u64) {
        for path in report.changed.iter().chain(&report.added) {
            state.arrivals.insert(path.clone(), stamp);
        }
        if state.arrivals.len() > ARRIVALS {
            let oldest = self.epochs.oldest();
            state.arrivals.retain(|_, stamp| *stamp >= oldest);
        }
    }
}

/// The generation that callers reach: not one that waits for the one caller.
fn reached(state: &State) -> Arc<Generation> {
    let waiting = state.closures.iter().find_map(|record| {
        let taken = record.port.taken();
        record.flights.iter().find(|flight| flight.carries_entries && flight.ticket > taken)
    });
    waiting.map_or_else(|| state.live.current().clone(), |flight| flight.previous.clone())
}

/// Why code that callers reach is not that of the saved text.
fn because(state: &State, running: &Generation, saved: Option<u64>) -> Reason {
    let posted = state.live.current().number;
    match &state.moved {
        _ if posted != running.number && saved == Some(posted) => {
            Reason::Posted { generation: posted }
        }
        Moved::Applied => Reason::Applied,
        Moved::Faulted(generation, message) => {
            Reason::Faulted { generation: *generation, message: message.clone() }
        }
        Moved::Saved | Moved::Left => Reason::Left { generation: running.number },
    }
}

/// Closures that have not gone over to live code yet.
fn waiting(state: &State) -> Waiting {
    let waits = state.closures.iter().filter(|record| {
        let taken = record.port.taken();
        record.flights.iter().any(|flight| {
            !flight.carries_entries && flight.ticket > taken && flight.before.at != flight.after.at
        })
    });
    let paths = waits.map(|record| record.path.clone()).collect();
    Waiting { generation: state.live.current().number, paths }
}

/// Where several threads call, code is stored at once; a closure whose state or signature changes goes
/// over to it at its next call.
fn wait_for_closures(waiting: &Waiting, functions: &mut [FunctionStatus]) {
    let generation = waiting.generation;
    for path in &waiting.paths {
        let function = functions.iter_mut().find(|each| each.path == *path);
        if let Some(function) = function.filter(|function| function.is_saved()) {
            function.saved = Saved::Differs(Reason::Posted { generation });
        }
    }
}
