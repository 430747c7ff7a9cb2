//! GitHub's annotations: lines of the log that GitHub shows beside the changed code.
//!
//! Form: "Workflow commands for GitHub Actions", setting a warning message.

use crate::Mutant;

#[cfg(test)]
mod tests;

/// The line that has GitHub mark a missed mutant, without its end.
#[must_use]
pub fn annotation(mutant: &Mutant) -> String {
    format!(
        "::warning file={file},line={line},col={column},endLine={end_line},endColumn={end_column},title=Missed mutant::{message}",
        file = property(&mutant.file.to_string_lossy()),
        line = mutant.span.start.line,
        column = mutant.span.start.column,
        end_line = mutant.span.end.line,
        end_column = mutant.span.end.column,
        message = data(&mutant.name),
    )
}

/// A message: whatever would end the line is escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property: what would end it is escaped as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
