//! Faults: what goes wrong in live code, caught at the guard of its call and told with its place.
//!
//! The place of a panic is known only to the panic hook. Segue's hook runs the previous hook for
//! every panic outside of live code; for a panic inside it notes message and place for the call
//! that is about to catch it, and prints nothing: the program reports the fault as an event.
//!
//! `guard` is the frame that faults end at, `thread` what they need of a thread; `signal` brings
//! what the processor reports to the guard, `nounwind` the panics that cannot unwind, and
//! `exception` what did unwind. What is promised of all that: `docs/guarantees/faults.md`.

use std::{fmt, path::PathBuf};

use segue_loader::{Location, Memory};

#[cfg(not(loom))]
mod catch;
#[cfg(not(loom))]
mod exception;
#[cfg(not(loom))]
mod guard;
#[cfg(not(loom))]
mod nounwind;
#[cfg(not(loom))]
mod signal;
#[cfg(not(loom))]
mod thread;

#[cfg(not(loom))]
pub use catch::prepare_thread;
#[cfg(not(loom))]
pub(crate) use catch::{Within, catch, install, within};
#[cfg(not(loom))]
pub(crate) use exception::make_ready;
#[cfg(not(loom))]
pub(crate) use nounwind::define;

/// The models run no live code.
#[cfg(loom)]
pub(crate) fn catch<R>(live: impl FnOnce() -> R) -> Result<R, Caught> {
    Ok(live())
}

/// Which faults of live code end at the guard of its call, besides panics; see
/// [`Builder::faults`](crate::Builder::faults). What any program of a process asks for holds for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Faults {
    /// Stack overflow. The last 64 KiB of every calling thread's stack (an eighth of a small stack)
    /// are kept back for it.
    pub stack_overflow: bool,
    /// SIGSEGV, SIGBUS, SIGFPE and SIGILL in live code. What such code wrote before nobody knows:
    /// this is for experiments that shall go on.
    pub signals: bool,
}

impl Default for Faults {
    /// Stack overflow.
    fn default() -> Faults {
        Faults { stack_overflow: true, signals: false }
    }
}

impl Faults {
    /// Panics only: nothing is done with signals or stacks.
    pub fn panics() -> Faults {
        Faults { stack_overflow: false, signals: false }
    }

    /// Stack overflow and signals.
    pub fn signals() -> Faults {
        Faults { stack_overflow: true, signals: true }
    }
}

/// What kind of fault it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// A panic, or an exception of another language.
    #[default]
    Panic,
    /// A panic that could not unwind, so that frames were abandoned: what they owned is leaked.
    Abandoned,
    /// A state's drop ended in any of these. What it had left is leaked; nothing is gone back from.
    InDrop,
    /// The thread's stack was full. Frames were abandoned.
    StackOverflow,
    /// The call took longer than its [deadline](crate::Builder::deadline).
    Deadline,
    /// The processor refused an instruction; the number of the signal. Frames were abandoned.
    Signal(i32),
}

/// A fault as it was caught.
#[derive(Clone, Debug, Default)]
pub(crate) struct Caught {
    pub(crate) kind: FaultKind,
    pub(crate) message: String,
    pub(crate) file: PathBuf,
    pub(crate) line: u32,
    pub(crate) column: u32,
    /// Where the thread was.
    pub(crate) addresses: Vec<usize>,
    /// The epoch in which the call began: it ran no code that was replaced in an earlier one.
    pub(crate) began: u64,
}

impl Caught {
    pub(crate) fn message(message: &str) -> Caught {
        Caught { message: message.to_owned(), ..Caught::default() }
    }
}

impl fmt::Display for Caught {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = if self.kind == FaultKind::Panic { "panicked" } else { "faulted" };
        write!(f, "{verb}")?;
        if self.line != 0 {
            write!(f, " at {}:{}:{}", self.file.display(), self.line, self.column)?;
        }
        write!(f, ": {}", self.message)
    }
}

/// A fault of live code, and what became of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fault {
    /// What kind it was.
    pub kind: FaultKind,
    /// The closure, or the function of a handle, that was called: as `process`. The state's type, if
    /// dropping it faulted.
    pub closure: String,
    /// The panic's message, or what happened instead.
    pub message: String,
    /// The file that the panic names; empty when it was not known.
    pub file: PathBuf,
    /// Line in `file`, from 1.
    pub line: u32,
    /// Column in `file`, from 1.
    pub column: u32,
    /// The generation that faulted; 0 from [`Pinned::try_call`](crate::Pinned::try_call) when the
    /// calling thread could not know.
    pub generation: u64,
    /// The generation that runs since; `None`: nothing to go back to, the closure is silent until
    /// the next edit.
    pub back_to: Option<u64>,
    /// The live functions that were running, the one that faulted first; the innermost ones, where there
    /// are many, and a recursion's repetitions once. Lines are known where
    /// the compiler wrote line tables.
    pub backtrace: Vec<Location>,
}

impl Fault {
    pub(crate) fn new(
        closure: &str,
        caught: Caught,
        generation: u64,
        back_to: Option<u64>,
        memory: &Memory,
    ) -> Fault {
        let Caught { kind, mut message, file, line, column, mut addresses, .. } = caught;
        // Of a recursion a frame is as good as a hundred, and naming each takes its time.
        addresses.dedup();
        let closure = closure.to_owned();
        let backtrace: Vec<_> =
            addresses.iter().flat_map(|address| memory.locate(*address)).collect();
        if matches!(kind, FaultKind::StackOverflow | FaultKind::Signal(_))
            && let Some(first) = backtrace.first()
        {
            message = format!("{message} in `{}`", first.function);
        }
        Fault { kind, closure, message, file, line, column, generation, back_to, backtrace }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = match self.kind {
            FaultKind::Panic => "panicked",
            FaultKind::InDrop => "faulted while it was dropped",
            _ => "faulted",
        };
        write!(f, "`{}` {verb}", self.closure)?;
        if self.line != 0 {
            write!(f, " at {}:{}:{}", self.file.display(), self.line, self.column)?;
        }
        write!(f, ": {}. ", self.message)?;
        if self.kind == FaultKind::InDrop {
            return f.write_str("What it had left is leaked.");
        }
        match self.back_to {
            Some(generation) => write!(f, "Back to generation {generation}."),
            None => f.write_str("Nothing to go back to: silent until the next edit."),
        }
    }
}
