//! What can be refused, and why.

use std::{fmt, path::Path};

use segue_compiler::Diagnostic;

/// Why something was refused. Nothing that was live changed.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
    diagnostics: Vec<Diagnostic>,
}

/// When an [`Error`] happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The file cannot be read, or is none.
    File,
    /// The compiler rejected the text; [`Error::diagnostics`] says where.
    Rejected,
    /// The compiler is missing, crashed, or is another one than built this program.
    Compiler,
    /// The text has something in it that the compiler, or Segue, does not support; [`Error::diagnostics`] says where, as
    /// far as it has a place.
    Unsupported,
    /// A newer text arrived while this one was being compiled.
    Superseded,
    /// The object could not be linked.
    Link,
    /// The file has no such function, or none that can be called from outside.
    NoSuchFunction,
    /// The function's parameters or result are not the expected ones.
    Signature,
    /// The closure's state cannot be made, or a type shared with the host was redefined.
    State,
    /// There is no earlier (later) generation to go to.
    History,
    /// The kernel or the machine lacks something that Segue needs.
    Platform,
    /// The table of slots is full.
    TableFull,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), source: None, diagnostics: Vec::new() }
    }

    pub(crate) fn file(path: &Path, error: std::io::Error) -> Error {
        let message = format!("cannot read {}: {error}", path.display());
        Error { source: Some(Box::new(error)), ..Error::new(ErrorKind::File, message) }
    }

    /// The same, where the compiler that goes first did not take the text.
    pub(crate) fn with_declined(mut self, why: &str) -> Error {
        self.message.push_str("; why another compiler had to take this text: ");
        self.message.push_str(why);
        self
    }

    /// When this happens.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The compiler's messages, for [`ErrorKind::Rejected`], and where it says what in the text it does not support.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The message with the compiler's own colours (ANSI escapes), for a terminal.
    pub fn rendered_color(&self) -> String {
        self.rendered(|diagnostic| &diagnostic.rendered_color)
    }

    fn rendered(&self, text: impl Fn(&Diagnostic) -> &str) -> String {
        if self.diagnostics.is_empty() {
            return self.message.clone();
        }
        let texts: Vec<_> = self.diagnostics.iter().map(|each| text(each).trim_end()).collect();
        texts.join("\n\n")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rendered(|diagnostic| &diagnostic.rendered))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl From<segue_loader::Error> for Error {
    fn from(error: segue_loader::Error) -> Error {
        let message = error.to_string();
        Error { source: Some(Box::new(error)), ..Error::new(ErrorKind::Link, message) }
    }
}

impl From<segue_compiler::Error> for Error {
    fn from(error: segue_compiler::Error) -> Error {
        let kind = match error.kind() {
            segue_compiler::ErrorKind::Rejected(all) if !all.is_empty() => ErrorKind::Rejected,
            segue_compiler::ErrorKind::Unsupported(_) => ErrorKind::Unsupported,
            segue_compiler::ErrorKind::Cancelled => ErrorKind::Superseded,
            _ => ErrorKind::Compiler,
        };
        let diagnostics = error.diagnostics().to_vec();
        let message = error.to_string();
        Error { kind, message, source: Some(Box::new(error)), diagnostics }
    }
}
