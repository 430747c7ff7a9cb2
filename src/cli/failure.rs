//! How a command fails: a message for people, an exit code for scripts.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};

/// Whose affair a failure is: the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The song's code.
    Song,
    /// The arguments and the files they name.
    Usage,
    /// The machine, and what is installed on it.
    Machine,
    /// Mutation testing, which has cargo-mutants' codes.
    Mutants(u8),
}

impl Exit {
    /// The number.
    pub(crate) fn code(self) -> u8 {
        match self {
            Exit::Song => 1,
            Exit::Usage => 2,
            Exit::Machine => 3,
            Exit::Mutants(code) => code,
        }
    }
}

/// Why a command ends without having done what it was asked for.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    message: String,
    /// The message is the compiler's and says `error` by itself.
    is_compilers: bool,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), is_compilers: false }
    }

    /// The failure with the file it is about in front; the compiler's own words name it already.
    pub(crate) fn about(mut self, file: &Path) -> Self {
        if !self.is_compilers {
            self.message = format!("{}: {}", file.display(), self.message);
        }
        self
    }

    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(self.exit.code())
    }

    #[cfg(test)]
    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    #[cfg(test)]
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// To standard error; in colour where that is a terminal.
    pub(crate) fn print(&self, no_color: bool) {
        let choice = if no_color { ColorChoice::Never } else { ColorChoice::Auto };
        let mut stderr = AutoStream::new(std::io::stderr(), choice);
        let style = super::screen::BAD;
        // Nothing can be done for somebody who has closed standard error.
        let _ = if self.is_compilers {
            writeln!(stderr, "{}", self.message)
        } else {
            writeln!(stderr, "{style}error{style:#}: {}", self.message)
        };
    }
}

impl From<segue_runtime::Error> for Failure {
    fn from(error: segue_runtime::Error) -> Self {
        use segue_runtime::ErrorKind;
        let exit = match error.kind() {
            ErrorKind::File => Exit::Usage,
            ErrorKind::Compiler | ErrorKind::Platform => Exit::Machine,
            _ => Exit::Song,
        };
        let is_compilers = !error.diagnostics().is_empty();
        Self { exit, message: error.rendered_color(), is_compilers }
    }
}

impl From<segue_audio_demo::Error> for Failure {
    fn from(error: segue_audio_demo::Error) -> Self {
        use segue_audio_demo::ErrorKind;
        let exit = match error.kind() {
            ErrorKind::OutOfRange | ErrorKind::Prelude => Exit::Usage,
            _ => Exit::Machine,
        };
        Self::new(exit, error.to_string())
    }
}

#[cfg(test)]
mod tests;
