//! What the compiler says about the text, in the user's own file, line and column.
//!
//! rustc's JSON lines are read here and nowhere else. Mapping spans of the generated region back to
//! the user's text is the business of `rustc::report`.

use std::fmt;
use std::path::PathBuf;

use serde::Deserialize;

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

/// One line of `rustc --error-format=json`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Message {
    pub message: String,
    pub code: Option<Code>,
    pub level: String,
    #[serde(default)]
    pub spans: Vec<Span>,
    pub rendered: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Code {
    pub code: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Span {
    pub file_name: String,
    pub line_start: u32,
    pub column_start: u32,
    pub is_primary: bool,
    pub expansion: Option<Box<Expansion>>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Expansion {
    pub span: Span,
}

impl Message {
    /// The compiler's JSON lines in `stderr`, and whatever else it printed.
    pub(crate) fn read_all(stderr: &str) -> (Vec<Message>, String) {
        let mut messages = Vec::new();
        let mut rest = String::new();
        for line in stderr.lines().filter(|line| !line.is_empty()) {
            match serde_json::from_str(line) {
                Ok(message) => messages.push(message),
                Err(_) => {
                    rest.push_str(line);
                    rest.push('\n');
                }
            }
        }
        (messages, rest)
    }

    pub(crate) fn level(&self) -> Level {
        match self.level.as_str() {
            "warning" => Level::Warning,
            "note" | "failure-note" => Level::Note,
            "help" => Level::Help,
            // "error", and "error: internal compiler error".
            _ => Level::Error,
        }
    }

    /// Whether it only counts the others ("aborting due to 2 previous errors").
    pub(crate) fn is_summary(&self) -> bool {
        self.level == "failure-note"
            || self.spans.is_empty()
                && (self.message.starts_with("aborting due to")
                    || self.message.ends_with(" warning emitted")
                    || self.message.ends_with(" warnings emitted"))
    }

    /// The place it is about, outside of macros of other crates.
    pub(crate) fn place(&self) -> Option<&Span> {
        let primary = self.spans.iter().find(|span| span.is_primary).or(self.spans.first())?;
        Some(primary.outermost())
    }
}

impl Span {
    /// Where the user wrote the macro call this span comes from; the span itself without one.
    fn outermost(&self) -> &Span {
        let mut span = self;
        // Names such as <::std::macros::panic> stand for files that are not the user's.
        while span.file_name.starts_with('<') || span.file_name.starts_with("/rustc/") {
            match &span.expansion {
                Some(expansion) => span = &expansion.span,
                None => break,
            }
        }
        span
    }
}

/// `text` without ANSI escape sequences.
pub(crate) fn without_color(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\u{1b}' {
            plain.push(character);
            continue;
        }
        // ESC [ parameters letter; rustc prints no other kind.
        for parameter in characters.by_ref().skip(1) {
            if parameter.is_ascii_alphabetic() {
                break;
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests;
