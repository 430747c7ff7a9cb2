//! What the compiler says about the text, in the user's own file, line and column.

use std::fmt;
use std::path::{Path, PathBuf};

/// One message of the compiler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub level: Level,
    /// The compiler's code, such as "E0308" or "unused_variables".
    pub code: Option<String>,
    /// The message's first line.
    pub message: String,
    /// The user's file it is about.
    pub file: PathBuf,
    /// Line in `file`, from 1.
    pub line: u32,
    /// Column in `line`, in characters, from 1.
    pub column: u32,
    /// The whole message with its excerpt, as plain text.
    pub rendered: String,
    /// The same with ANSI colours.
    pub rendered_color: String,
}

/// How bad a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Level {
    /// Additional information.
    Note,
    /// A suggestion.
    Help,
    /// The text is accepted all the same.
    Warning,
    /// The text is not accepted.
    Error,
}

impl Diagnostic {
    /// What is told of a text that is accepted, at this place of it.
    pub(crate) fn note(file: &Path, line: u32, column: u32, message: String) -> Diagnostic {
        let rendered = format!("note: {message}\n --> {}:{line}:{column}\n\n", file.display());
        Diagnostic {
            level: Level::Note,
            code: None,
            file: file.to_path_buf(),
            line,
            column,
            rendered_color: rendered.clone(),
            rendered,
            message,
        }
    }

    /// Whether it is why the text was rejected.
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic { file, line, column, message, .. } = self;
        write!(f, "{}:{line}:{column}: {message}", file.display())
    }
}
