//! rustc's JSON lines, which are read here and nowhere else. Mapping spans of the generated region back to the user's
//! text is the business of `report`.

use serde::Deserialize;

use crate::diagnostic::Level;

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
