//! What a call gives, and what is known of a program; both as lines of text between processes.

use std::{collections::BTreeMap, fmt};

/// What one call gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Value(u64),
    /// The message in one line.
    Panic {
        /// 0, as the column, where it stands in the library and not in the program.
        line: u32,
        column: u32,
        message: String,
    },
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Value(value) => write!(f, "{value}"),
            Answer::Panic { line, column, message } => {
                write!(f, "panic {line}:{column} {}", one_line(message))
            }
        }
    }
}

impl Answer {
    /// Whether it is the `expected` one. Where a panic stands in the library, which a compiler may have
    /// of its own, its place is anywhere.
    pub(crate) fn is_as(&self, expected: &Answer) -> bool {
        match (self, expected) {
            (
                Answer::Panic { message: got, .. },
                Answer::Panic { line: 0, message: expected, .. },
            ) => got == expected,
            _ => self == expected,
        }
    }

    /// Reads what [`Display`](fmt::Display) wrote.
    pub(crate) fn read(text: &str) -> Option<Answer> {
        let Some(panic) = text.strip_prefix("panic ") else {
            return text.parse().ok().map(Answer::Value);
        };
        let (place, message) = panic.split_once(' ')?;
        let (line, column) = place.split_once(':')?;
        let (line, column) = (line.parse().ok()?, column.parse().ok()?);
        Some(Answer::Panic { line, column, message: message.to_owned() })
    }
}

/// `text` without what separates lines and columns of a table.
pub(crate) fn one_line(text: &str) -> String {
    text.replace('\n', "\\n").replace('\t', "\\t")
}

/// What one compiler made of one program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// By input.
    Answers(BTreeMap<u64, Answer>),
    Refused {
        /// Line and column in the program's file, unless the compiler did not say.
        place: Option<(u32, u32)>,
        message: String,
    },
    /// The process ended, or had to be ended.
    Died(String),
}
