//! Why a phase stopped: an error with a kind, which decides the command's exit code, and a message for people.
//!
//! Every phase. A mutant that cannot be built or judged is no error: it is in the [`crate::Image`] or the
//! [`crate::Outcome`] with its reason.

use std::fmt;
use std::path::Path;

/// Why a phase stopped. The message says where, and what to do.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// Whose affair it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An option, or a file that an option names.
    Usage,
    /// The tree does not build as it is, or a test fails, hangs or is killed before any mutant is chosen.
    Baseline,
    /// `--in-diff`: the text after the change is not that of the tree.
    DiffMismatch,
    /// `--in-diff`: the file cannot be read as a diff.
    DiffInvalid,
    /// A file or folder cannot be read or written: permissions, a full disk.
    File,
    /// The machine lacks something: no cargo, no rustc, no linker, no process can be started.
    Machine,
    /// Ctrl-C.
    Interrupted,
    /// An assumption of ours does not hold.
    Internal,
}

impl Error {
    /// An error of a kind; the message is a sentence without a full stop.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// What could not be done with a file or folder, and why: `file("write", path)` is meant for `map_err`.
    pub fn file(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |error| {
            Self::new(ErrorKind::File, format!("cannot {doing} {}: {error}", path.display()))
        }
    }

    /// The same for a file or folder that the user has named: where there is none, `advice` says what to do.
    pub fn named(
        doing: &'static str,
        path: &Path,
        advice: &str,
    ) -> impl FnOnce(std::io::Error) -> Self {
        move |error| {
            if error.kind() != std::io::ErrorKind::NotFound {
                return Self::file(doing, path)(error);
            }
            Self::new(ErrorKind::File, format!("there is no {}: {advice}", path.display()))
        }
    }

    /// Whose affair it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
