//! The loader's one error type. Every phase returns it; messages name the object, and the symbol,
//! section and offset where there are any, and say what to do where something can be done.

use std::fmt;

/// Why the loader refused. See [`ErrorKind`] for the classes; `Display` gives one sentence.
#[derive(Debug, Clone)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// The classes of failure, each with the phase in which it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// parse: the bytes are not a well-formed ELF relocatable object.
    Malformed,
    /// parse, split: well-formed, but of a kind this loader does not handle.
    Unsupported,
    /// split: a reference whose target cannot be told without guessing.
    Ambiguous,
    /// relocate: a relocation kind this loader does not apply.
    Relocation,
    /// relocate: the value does not fit the relocated field.
    OutOfRange,
    /// resolve: a symbol is defined nowhere that was searched.
    Undefined,
    /// resolve: two objects of a batch define one name.
    Duplicate,
    /// resolve: a resolver or constructor that cannot run as things stand.
    Startup,
    /// resolve: a thread-local variable that this loader cannot give an address to.
    ThreadLocal,
    /// resolve: a slot index beyond the table's capacity, or a module index beyond the split.
    Index,
    /// place: a window has no free range left that is large enough.
    WindowFull,
    /// memory: the kernel refused a mapping or a barrier.
    System,
    /// host, archive: a file could not be read, or is not what its name says.
    File,
}

impl Error {
    /// An error of `kind` whose message is a whole sentence without the full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into() }
    }

    /// The class of the failure.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The same error with what to do about it.
    pub(crate) fn advise(mut self, what: &str) -> Error {
        self.message = format!("{}; {what}", self.message);
        self
    }

    /// The same error with `place` (an object or archive member) named in front.
    pub(crate) fn within(mut self, place: &str) -> Error {
        self.message = format!("{place}: {}", self.message);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
