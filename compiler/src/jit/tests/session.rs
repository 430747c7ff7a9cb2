//! A text that is edited step by step, and what each step had the compiler do.

use super::objects::assert_same_code;
use super::quick::whole;
use super::{Jit, compile};
use crate::jit::compile::Known;
use crate::{Compiled, Error};

/// What an edit had the compiler do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The front end was not told of it.
    Number,
    /// It was given a slice of the body.
    Slice,
    /// It was given another body.
    Body,
    /// It was given a whole text.
    Whole,
}

/// A text that is edited, in a compiler that sees all of it and in one that sees the results.
pub(super) struct Session {
    pub(super) text: String,
    pub(super) compiled: Result<Compiled, Error>,
    pub(super) jit: Jit,
    other: Jit,
}

impl Session {
    pub(super) fn new(text: &str) -> Session {
        let jit = Jit::new();
        let compiled = compile(&jit, text);
        Session { text: text.to_owned(), compiled, jit, other: Jit::new() }
    }

    /// Edits of one body so far, those of numbers among them, and slices.
    fn counts(&self) -> [Option<usize>; 3] {
        let known = self.jit.known.lock().unwrap();
        let of = |count: fn(&Known) -> Option<usize>| known.as_ref().and_then(count);
        [of(Known::quick_edits), of(Known::edits_of_numbers), of(Known::edits_of_slices)]
    }

    pub(super) fn edit(&mut self, old: &str, new: &str) -> Way {
        assert_eq!(self.text.matches(old).count(), 1, "{old}");
        self.change(&self.text.replace(old, new))
    }

    /// Edits one after the other, in the way that is named; slices and mistakes end as their whole text does.
    pub(super) fn edits(&mut self, edits: &[(&str, &str, Way)]) {
        let mut others = Vec::new();
        for (old, new, way) in edits {
            let found = self.edit(old, new);
            if found == Way::Slice || self.compiled.is_err() && found != Way::Whole {
                self.check();
            }
            if found != *way {
                others.push(format!("{old} => {new}: {found:?}, not {way:?}"));
            }
        }
        assert!(others.is_empty(), "{}", others.join("\n"));
    }

    /// Another text comes.
    pub(super) fn change(&mut self, text: &str) -> Way {
        text.clone_into(&mut self.text);
        let before = self.counts();
        self.compiled = compile(&self.jit, text);
        let after = self.counts();
        let is_more = |at: usize| {
            before[at].zip(after[at]).is_some_and(|(before, after)| after == before + 1)
        };
        match [0, 1, 2].map(is_more) {
            [true, true, _] => Way::Number,
            [true, _, true] => Way::Slice,
            [true, ..] => Way::Body,
            _ => Way::Whole,
        }
    }

    /// The last edit ended as its whole text does.
    pub(super) fn check(&self) {
        match (&self.compiled, &whole(&self.other, &self.text)) {
            (Ok(compiled), Ok(expected)) => assert_same_code(compiled, expected, &self.text),
            (Err(error), Err(expected)) => assert_eq!(error.to_string(), expected.to_string()),
            (found, expected) => panic!("{found:?} and {expected:?} of\n{}", self.text),
        }
    }
}
