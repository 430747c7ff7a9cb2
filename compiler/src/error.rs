//! Why a compile gave no object.

use std::any::Any;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::Diagnostic;

/// Why a compile gave no object.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    files: Vec<PathBuf>,
    /// Why another compiler, which was asked first, gave none.
    before: Option<Box<Error>>,
    /// What is not supported, with its excerpt.
    shown: Option<Box<Diagnostic>>,
}

/// The kinds of [`Error`].
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No usable rustc was found; says what was tried, and how to name one.
    RustcNotFound(String),
    /// The compiler's file is that of another compiler by now.
    OtherRustc {
        /// The file.
        program: PathBuf,
        /// The release that it was, such as "1.95.0".
        was: String,
        /// The release that it is.
        is: String,
    },
    /// The compiler does not accept the text.
    Rejected(Vec<Diagnostic>),
    /// The compile was cancelled.
    Cancelled,
    /// A file could not be read or written.
    Io {
        /// What was being done, such as "read".
        doing: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The compiler ended without an object and without a diagnostic.
    Crashed {
        /// How it ended, such as "signal: 11".
        status: String,
        /// The last of what it printed.
        stderr: String,
    },
    /// The text is fine for rustc, and Segue cannot handle it; says what and why.
    Unsupported(String),
    /// The compiler failed on the text, which is a defect of its own; says how.
    Defect(String),
    /// A type was asked for that the text does not define.
    UnknownType(String),
}

impl Error {
    pub(crate) fn new(kind: ErrorKind) -> Error {
        Error { kind, files: Vec::new(), before: None, shown: None }
    }

    pub(crate) fn io(doing: &'static str, path: &Path, source: io::Error) -> Error {
        Error::new(ErrorKind::Io { doing, path: path.to_path_buf(), source })
    }

    /// A compiler panicked over the source at `path`, which is a defect of its own and says nothing of the text.
    pub fn of_panic(path: &Path, panic: &(dyn Any + Send)) -> Error {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
        let said = said.unwrap_or("no reason given");
        let path = path.display();
        Error::new(ErrorKind::Defect(format!(
            "{path}: the compiler failed on this text, which is a defect of its own: {said}"
        )))
    }

    /// The same error, with the files that were read or looked for.
    pub(crate) fn after_reading(self, files: Vec<PathBuf>) -> Error {
        Error { files, ..self }
    }

    /// The same error, where `before` kept another compiler from taking the text.
    pub(crate) fn after(mut self, before: Error) -> Error {
        self.files.extend_from_slice(&before.files);
        Error { before: Some(Box::new(before)), ..self }
    }

    /// The same error, with its place in the text.
    #[cfg(feature = "jit")]
    pub(crate) fn shown_as(self, diagnostic: Diagnostic) -> Error {
        Error { shown: Some(Box::new(diagnostic)), ..self }
    }

    /// Every file that was read or looked for before the compile failed, so that a change of any of
    /// them can be taken for an attempt to mend it.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// What happened.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// What the compiler said about the text: why it was rejected, or what in it is not supported, where that has a
    /// place; else empty.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match (&self.kind, &self.shown) {
            (ErrorKind::Rejected(diagnostics), _) => diagnostics,
            (_, Some(shown)) => std::slice::from_ref(shown),
            (_, None) => &[],
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(before) = &self.before {
            write!(f, "{before}; and for the compiler that could: ")?;
        }
        match &self.kind {
            ErrorKind::RustcNotFound(tried) => write!(
                f,
                "no rustc found ({tried}); install Rust from https://rustup.rs, or name one in SEGUE_RUSTC"
            ),
            ErrorKind::OtherRustc { program, was, is } => write!(
                f,
                "{} is rustc {is} now, and live code was compiled by {was}, whose types may be laid out \
                 otherwise: build the host with the new one, or name the old one in SEGUE_RUSTC",
                program.display()
            ),
            ErrorKind::Rejected(diagnostics) => {
                match diagnostics.iter().find(|d| d.is_error()).or(diagnostics.first()) {
                    Some(first) => write!(f, "{first}"),
                    None => f.write_str("the compiler rejected the text without saying why"),
                }
            }
            ErrorKind::Cancelled => f.write_str("the compile was cancelled"),
            ErrorKind::Io { doing, path, source } => {
                write!(f, "cannot {doing} {}: {source}", path.display())
            }
            ErrorKind::Crashed { status, stderr } if stderr.is_empty() => {
                write!(f, "rustc ended with {status} and said nothing")
            }
            ErrorKind::Crashed { status, stderr } => {
                write!(f, "rustc ended with {status}: {stderr}")
            }
            ErrorKind::Unsupported(what) | ErrorKind::Defect(what) => f.write_str(what),
            ErrorKind::UnknownType(name) => {
                write!(
                    f,
                    "no type `{name}` is defined in the text; define it there or name another"
                )
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
