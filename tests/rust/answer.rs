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
    /// The same, after these lines were printed.
    After {
        printed: Vec<String>,
        answer: Box<Answer>,
    },
}

/// What the lines that programs print begin with.
const PRINTED: &str = "> ";

/// Lines that a program printed and has not answered for yet.
#[derive(Default)]
pub(crate) struct Printed(Vec<String>);

impl Printed {
    /// Takes a line in; whether it is one that a program printed.
    pub(crate) fn take(&mut self, line: &str) -> bool {
        let is_printed = line.starts_with(PRINTED);
        self.0.extend(is_printed.then(|| line.to_owned()));
        is_printed
    }

    /// `answer`, after these lines.
    pub(crate) fn before(&mut self, answer: Answer) -> Answer {
        let printed = std::mem::take(&mut self.0);
        match printed.is_empty() {
            true => answer,
            false => Answer::After { printed, answer: Box::new(answer) },
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Value(value) => write!(f, "{value}"),
            Answer::After { printed, answer } => write!(f, "{answer} after {printed:?}"),
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
            (
                Answer::After { printed: got, answer },
                Answer::After { printed: expected, answer: expected_answer },
            ) => got == expected && answer.is_as(expected_answer),
            _ => self == expected,
        }
    }

    /// Reads what [`Display`](fmt::Display) wrote, of an answer without what was printed before.
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
        /// The same of what else it said.
        also: Vec<(Option<(u32, u32)>, String)>,
    },
    /// The process ended, or had to be ended.
    Died(String),
}
