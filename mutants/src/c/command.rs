//! The user's compiler: how it is called, and what its messages mean.

use std::ffi::OsStr;
use std::process::Command;

use super::Program;
use crate::{Error, ErrorKind};

#[cfg(test)]
mod tests;

/// What a call of the compiler came to.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) success: bool,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

/// An error of the compiler.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Diagnostic {
    /// The files that it names, from its own place to those of its notes: macros that it is inside of.
    pub(super) files: Vec<String>,
    /// In one line.
    pub(super) message: String,
}

impl Program {
    /// Calls the compiler with the program's flags and these arguments, in the program's folder.
    pub(super) fn compile(
        &self,
        arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
    ) -> Result<Said, Error> {
        let Some((name, first)) = self.compiler.split_first() else {
            return Err(Error::new(ErrorKind::Usage, "no compiler is named: --cc is empty"));
        };
        let mut command = Command::new(name);
        command.args(first).args(&self.flags).args(arguments).current_dir(&self.folder);
        // Messages are read: they must be in English, and plain.
        command.env("LC_ALL", "C").env_remove("GCC_COLORS");
        let output = command.output().map_err(|error| {
            let message = format!(
                "cannot run the C compiler {name}: {error}; install one, or name it with --cc"
            );
            Error::new(ErrorKind::Machine, message)
        })?;
        Ok(Said {
            success: output.status.success(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }
}

/// The errors among a compiler's messages: `file:line:column: error: message`, as gcc and clang write them.
pub(super) fn errors(messages: &str) -> Vec<Diagnostic> {
    let mut errors: Vec<Diagnostic> = Vec::new();
    let mut is_error = false;
    for line in messages.lines() {
        let marks = [(": error: ", true), (": fatal error: ", true), (": warning: ", false)];
        let found = marks.into_iter().find_map(|(mark, is_error)| {
            line.split_once(mark).map(|(place, message)| (place, message, is_error))
        });
        match found {
            Some((place, message, true)) => {
                is_error = true;
                let files = file(place).into_iter().collect();
                errors.push(Diagnostic { files, message: message.trim().to_owned() });
            }
            Some(_) => is_error = false,
            None => {
                let note = line.split_once(": note: ").and_then(|(place, _)| file(place));
                if let (true, Some(file), Some(last)) = (is_error, note, errors.last_mut()) {
                    last.files.push(file);
                }
            }
        }
    }
    errors
}

/// The file of `file:line:column` or `file:line`.
fn file(place: &str) -> Option<String> {
    let numberless = |text: &str| {
        let (rest, number) = text.rsplit_once(':')?;
        number.parse::<u32>().ok().map(|_| rest.to_owned())
    };
    let once = numberless(place)?;
    Some(numberless(&once).unwrap_or(once))
}
