//! Running or saved? For each function: is the code that runs the code of the saved text, and if not,
//! why.
//!
//! The saved text is what the files hold on disk, read when it is asked. Code is compared as a commit
//! compares it, by what it does and refers to: a comment or a renamed variable is the same code,
//! whatever the text says. (A panic carries its line with it: code that panics differs when it moves.)

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    path::PathBuf,
};

use segue_compiler::{Fingerprint, Interface, State, function_path};

use crate::{
    error::ErrorKind,
    generation::Generation,
    live::{Basis, is_same_code},
    saved::{Compiled, Text},
    wanted::{FUNCTION_SHIM, SHIM, Wanted, reachable},
};

/// What runs, and how it stands to what is saved; see [`Program::status`](crate::Program::status).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Status {
    /// The generation whose code callers reach.
    pub generation: u64,
    /// The generation that the saved text became, if it was compiled.
    pub saved: Option<u64>,
    /// Why the saved text as a whole has no code that could run, if it has none.
    pub text: Option<Reason>,
    /// Whether saves are noticed.
    pub watching: Watching,
    /// Every function of the saved text and of the running code, by path.
    pub functions: Vec<FunctionStatus>,
}

/// Whether saves are noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Watching {
    /// The files are watched.
    On,
    /// Nobody asked for it.
    Off,
    /// They cannot be watched, or not all of them; says why.
    Failed(String),
}

/// One function.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FunctionStatus {
    /// Its path, as people write it. The functions that make, describe and drop a state stand
    /// under the name of the state's type.
    pub path: String,
    /// What runs.
    pub running: Running,
    /// Whether that is what is saved.
    pub saved: Saved,
}

/// What runs of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Running {
    /// Code of its own, that came with this generation.
    Code {
        /// The generation's number.
        since: u64,
    },
    /// No code of its own that live callers could reach: the running text has it, and the compiler put
    /// it into its callers, or nobody calls it.
    Inlined {
        /// The functions that mention it by name.
        into: Vec<String>,
    },
    /// Nothing: the running text does not have it.
    Nothing,
}

/// Whether what runs is what is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is.
    Same,
    /// It is not, or cannot be known to be.
    Differs(Reason),
}

/// Why the running code is not the saved code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The file on disk is not what was last read of it: it is not watched, or was saved just now.
    Unread {
        /// Which file.
        file: PathBuf,
    },
    /// The file cannot be read any more.
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The saved text is being compiled.
    Compiling,
    /// The saved text was refused as a whole.
    Refused {
        /// When that happens.
        kind: ErrorKind,
        /// Why, in one line where the compiler says it in one.
        message: String,
        /// File, line and column, from 1, where the compiler named a place.
        place: Option<(PathBuf, u32, u32)>,
    },
    /// It is ready, and the closure that is the one caller has not taken it: it will at its next call.
    Posted {
        /// The generation on its way.
        generation: u64,
    },
    /// Somebody went to another generation of the history.
    Left {
        /// Which one.
        generation: u64,
    },
    /// The saved code faulted, and the program went back.
    Faulted {
        /// The generation that faulted.
        generation: u64,
        /// What it said.
        message: String,
    },
    /// Another text was given with [`apply`](crate::Program::apply) since.
    Applied,
    /// Threads that pinned before the saved code was stored have not unpinned since: they may be
    /// executing older code.
    OldCode {
        /// The threads' names.
        participants: Vec<String>,
    },
    /// The closure that calls it is silent: it panicked and had nothing to go back to.
    Silent {
        /// What it said.
        message: String,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Unread { file } => {
                write!(f, "{} was not read since it changed", file.display())
            }
            Reason::Unreadable { file, why } => write!(f, "cannot read {}: {why}", file.display()),
            Reason::Compiling => f.write_str("being compiled"),
            Reason::Refused { message, place: Some((file, line, column)), .. } => {
                write!(f, "refused at {}:{line}:{column}: {message}", file.display())
            }
            Reason::Refused { message, .. } => write!(f, "refused: {message}"),
            Reason::Posted { generation } => {
                write!(f, "generation {generation} waits for its caller's next call")
            }
            Reason::Left { generation } => write!(f, "gone to generation {generation}"),
            Reason::Faulted { generation, message } => {
                write!(f, "generation {generation} faulted: {message}")
            }
            Reason::Applied => f.write_str("another text was applied"),
            Reason::OldCode { participants } => {
                write!(f, "older code may still run in {}", participants.join(", "))
            }
            Reason::Silent { message } => write!(f, "silent since it panicked: {message}"),
        }
    }
}

impl FunctionStatus {
    /// Whether what runs is what is saved.
    pub fn is_saved(&self) -> bool {
        self.saved == Saved::Same
    }
}

impl fmt::Display for FunctionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path)?;
        match &self.running {
            Running::Code { since } => write!(f, "since generation {since}")?,
            Running::Inlined { into } if into.is_empty() => f.write_str("no code of its own")?,
            Running::Inlined { into } => write!(f, "inlined into {}", into.join(", "))?,
            Running::Nothing => f.write_str("does not run")?,
        }
        match &self.saved {
            Saved::Same => Ok(()),
            Saved::Differs(reason) => write!(f, "; not as saved: {reason}"),
        }
    }
}

impl Status {
    /// Whether everything that runs is what is saved, and all that is saved runs.
    pub fn is_saved(&self) -> bool {
        self.text.is_none() && self.functions.iter().all(FunctionStatus::is_saved)
    }

    /// The function with this path.
    pub fn function(&self, path: &str) -> Option<&FunctionStatus> {
        self.functions.iter().find(|function| function.path == path)
    }
}

impl fmt::Display for Status {
    /// One line: `generation 4 is what is saved`, `generation 3 is not what is saved (…)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_saved() {
            return write!(f, "generation {} is what is saved", self.generation);
        }
        write!(f, "generation {} is not what is saved", self.generation)?;
        if let Some(reason) = &self.text {
            return write!(f, ": {reason}");
        }
        let mut reasons: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for function in &self.functions {
            if let Saved::Differs(reason) = &function.saved {
                reasons.entry(reason.to_string()).or_default().push(&function.path);
            }
        }
        let mut separator = ": ";
        for (reason, paths) in reasons {
            let more = paths.len().saturating_sub(NAMED);
            let names = paths[..paths.len().min(NAMED)].join(", ");
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            write!(f, "{separator}{names}{more} ({reason})")?;
            separator = "; ";
        }
        Ok(())
    }
}

/// What the shims of a file's migrations are called, and the function that they stand for.
const MIGRATION_SHIM: &str = "__segue_migrate_";
const MIGRATION: &str = "migrate";

/// How many functions the one line names for each reason.
const NAMED: usize = 4;

/// What is known of the running code when somebody asks.
pub(crate) struct Known<'a> {
    /// The generation that callers reach.
    pub(crate) running: &'a Generation,
    /// Why the running code is not the saved code, where the two differ.
    pub(crate) because: Reason,
    /// Names of threads that may be executing older code of a function.
    pub(crate) inside: &'a dyn Fn(&str) -> Vec<String>,
    /// Functions whose closures are silent, and what they said.
    pub(crate) silent: Vec<(String, String)>,
}

/// What each function is, in the saved text and in the running code.
pub(crate) fn functions(
    text: &Text,
    unread: Option<&Reason>,
    known: &Known<'_>,
) -> Vec<FunctionStatus> {
    let running = known.running;
    let saved = match text {
        Text::Compiled(compiled) => Code::of_saved(compiled),
        _ => Code::default(),
    };
    let live = Code::of_running(running);
    let whole = unread.cloned().or(match text {
        Text::Compiling => Some(Reason::Compiling),
        Text::Refused(reason) => Some(reason.clone()),
        Text::Compiled(_) => None,
    });
    let mut paths: BTreeSet<&str> = saved.paths.keys().map(String::as_str).collect();
    paths.extend(live.paths.keys().map(String::as_str));
    let of_saved = match text {
        Text::Compiled(compiled) => Some(compiled),
        _ => None,
    };
    let status = |path: &str| {
        let is_same = || of_saved.is_some_and(|of| is_same(path, of, &saved, running, &live));
        let inside = || Some((known.inside)(path)).filter(|names| !names.is_empty());
        let silent = || known.silent.iter().find(|(of, _)| of == path);
        let reason = if let Some(reason) = &whole {
            Some(reason.clone())
        } else if !is_same() {
            Some(known.because.clone())
        } else if let Some(participants) = inside() {
            Some(Reason::OldCode { participants })
        } else {
            silent().map(|(_, message)| Reason::Silent { message: message.clone() })
        };
        let saved = reason.map_or(Saved::Same, Saved::Differs);
        FunctionStatus { path: path.to_owned(), running: runs(path, running, &live), saved }
    };
    paths.into_iter().map(status).collect()
}

/// The code of a text by path: each function's symbols, in order.
#[derive(Default)]
struct Code {
    paths: BTreeMap<String, Vec<String>>,
    wanted: BTreeMap<String, Wanted>,
}

impl Code {
    fn of_saved(compiled: &Compiled) -> Code {
        let splits = compiled.basis.as_ref().map(Basis::splits).unwrap_or_default();
        let wanted = reachable(&splits).into_iter();
        let wanted: BTreeMap<_, _> = wanted.map(|each| (each.symbol.to_string(), each)).collect();
        let paths = paths(wanted.keys(), &compiled.interface);
        Code { paths, wanted }
    }

    fn of_running(generation: &Generation) -> Code {
        let symbols: Vec<String> = generation.functions.keys().map(ToString::to_string).collect();
        Code { paths: paths(symbols.iter(), &generation.interface), wanted: BTreeMap::new() }
    }
}

/// Symbols by path, and the paths of functions that have none.
fn paths<'a>(
    symbols: impl Iterator<Item = &'a String>,
    interface: &Interface,
) -> BTreeMap<String, Vec<String>> {
    let mut paths: BTreeMap<String, Vec<String>> =
        interface.functions.iter().map(|each| (each.path.clone(), Vec::new())).collect();
    for symbol in symbols {
        if let Some(path) = path_of(symbol, interface) {
            paths.entry(path).or_default().push(symbol.clone());
        }
    }
    paths.values_mut().for_each(|symbols| symbols.sort());
    paths
}

/// The path that people know a symbol by; nothing for those that only describe types, which the
/// fingerprints of the states tell better.
fn path_of(symbol: &str, interface: &Interface) -> Option<String> {
    if !symbol.starts_with(SHIM) || symbol.starts_with(FUNCTION_SHIM) {
        return Some(function_path(symbol));
    }
    if symbol.starts_with(MIGRATION_SHIM) {
        return Some(MIGRATION.to_owned());
    }
    let is_of = |state: &&State| {
        let shims = state.shims.as_ref();
        shims.is_some_and(|of| [&of.layout, &of.default, &of.drop].into_iter().any(|s| s == symbol))
    };
    interface.states.iter().find(is_of).map(|state| state.name.clone())
}

/// Whether the function with this path has the same code in both, symbol by symbol.
fn is_same(
    path: &str,
    of_saved: &Compiled,
    saved: &Code,
    running: &Generation,
    live: &Code,
) -> bool {
    let (Some(wanted), Some(symbols)) = (saved.paths.get(path), live.paths.get(path)) else {
        return false;
    };
    let is_same = |symbol: &String| {
        let (Some(wanted), Some(live)) =
            (saved.wanted.get(symbol), running.functions.get(symbol.as_str()))
        else {
            return false;
        };
        let (of_live, of_saved) = (&running.interface, &of_saved.interface);
        match (layout(symbol, of_live), layout(symbol, of_saved)) {
            // What says a layout refers to constants of the file as a whole: the type decides.
            (Some(live), Some(saved)) => live == saved,
            _ => is_same_code(live, wanted, of_live, of_saved),
        }
    };
    wanted == symbols && symbols.iter().all(is_same)
}

/// The fingerprint of the state whose layout `symbol` describes, if it does.
fn layout(symbol: &str, interface: &Interface) -> Option<Fingerprint> {
    let describes = |state: &&State| state.shims.as_ref().is_some_and(|of| of.layout == symbol);
    interface.states.iter().find(describes).map(|state| state.fingerprint)
}

/// What runs of the function with this path.
fn runs(path: &str, running: &Generation, live: &Code) -> Running {
    let Some(symbols) = live.paths.get(path) else { return Running::Nothing };
    let since = symbols.iter().filter_map(|symbol| running.functions.get(symbol.as_str()));
    let since = since.map(|live| live.since).max();
    let has_body = symbols.iter().any(|symbol| !symbol.starts_with(SHIM));
    let into = || running.interface.mentioned_by(path);
    match since {
        // What the host calls is there for it; live callers that mention it have it inside.
        Some(since) if has_body || into().is_empty() => Running::Code { since },
        _ => Running::Inlined { into: into() },
    }
}
