//! Faults: panics of live code, caught at the closure's call and told with their place.
//!
//! The place of a panic is known only to the panic hook. Segue's hook runs the previous hook for
//! every panic outside of live code; for a panic inside it notes message and place for the call
//! that is about to catch it, and prints nothing: the program reports the fault as an event.

use std::{
    cell::{Cell, RefCell},
    fmt,
    panic::{AssertUnwindSafe, PanicHookInfo},
    path::PathBuf,
    sync::Once,
};

use segue_loader::{Backtrace, Location, Memory};

/// A panic as it was caught.
#[derive(Clone, Debug, Default)]
pub(crate) struct Caught {
    pub(crate) message: String,
    pub(crate) file: PathBuf,
    pub(crate) line: u32,
    pub(crate) column: u32,
    /// Where the panicking thread was.
    pub(crate) addresses: Vec<usize>,
}

impl Caught {
    pub(crate) fn message(message: &str) -> Caught {
        Caught { message: message.to_owned(), ..Caught::default() }
    }
}

/// A panic in live code, and what became of the closure.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fault {
    /// The closure that panicked, as `process`.
    pub closure: String,
    /// The panic's message.
    pub message: String,
    /// The file that the panic names; empty when it was not known.
    pub file: PathBuf,
    /// Line in `file`, from 1.
    pub line: u32,
    /// Column in `file`, from 1.
    pub column: u32,
    /// The generation that panicked.
    pub generation: u64,
    /// The generation that runs since; `None`: nothing to go back to, the closure is silent until
    /// the next edit.
    pub back_to: Option<u64>,
    /// The live functions that were running, the one that panicked first. Lines are known where
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
        let Caught { message, file, line, column, addresses } = caught;
        let closure = closure.to_owned();
        let backtrace = addresses.iter().flat_map(|address| memory.locate(*address)).collect();
        Fault { closure, message, file, line, column, generation, back_to, backtrace }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` panicked", self.closure)?;
        if self.line != 0 {
            write!(f, " at {}:{}:{}", self.file.display(), self.line, self.column)?;
        }
        write!(f, ": {}. ", self.message)?;
        match self.back_to {
            Some(generation) => write!(f, "Back to generation {generation}."),
            None => f.write_str("Nothing to go back to: silent until the next edit."),
        }
    }
}

thread_local! {
    static IN_LIVE_CODE: Cell<bool> = const { Cell::new(false) };
    static CAUGHT: RefCell<Option<Caught>> = const { RefCell::new(None) };
}

/// Installs the hook, once per process.
pub(crate) fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if IN_LIVE_CODE.get() { note(info) } else { previous(info) }
        }));
    });
}

fn note(info: &PanicHookInfo<'_>) {
    let message = info.payload_as_str().unwrap_or("a panic with a value that is no text");
    let mut caught = Caught::message(message);
    if let Some(place) = info.location() {
        caught.file = place.file().into();
        caught.line = place.line();
        caught.column = place.column();
    }
    caught.addresses = Backtrace::addresses();
    CAUGHT.with_borrow_mut(|slot| *slot = Some(caught));
}

/// Runs live code, and gives its panic as a value.
///
/// Without a panic: two stores to a thread-local around the call, and a landing pad.
#[inline]
pub(crate) fn catch<R>(live: impl FnOnce() -> R) -> Result<R, Caught> {
    let outer = IN_LIVE_CODE.replace(true);
    let result = std::panic::catch_unwind(AssertUnwindSafe(live));
    IN_LIVE_CODE.set(outer);
    result.map_err(|payload| {
        // A payload whose own drop panics must not take the caller down: leak it.
        std::mem::forget(payload);
        CAUGHT.with_borrow_mut(Option::take).unwrap_or_else(|| Caught::message("a panic"))
    })
}
