//! The texts that rustc is given instead of the user's: with the bodies of live functions marked, or with
//! all but some functions taken out.
//!
//! **A function keeps its place**: what is taken out is replaced by blanks and line breaks, so lines stay
//! true; where a column does not, or something was put in, the list of edits leads back.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::cut::{FileCut, Id, Piece, Place};

/// Stands first in the body of each function that others must not know.
///
/// rustc itself does not put such functions into others, and LLVM does not either.
const OPAQUE: &str = "#![inline(never)]";

/// A text for rustc, and how it came from the user's.
#[derive(Clone, Debug)]
pub(super) struct Derived {
    pub text: String,
    edits: Vec<Edit>,
}

#[derive(Clone, Debug)]
struct Edit {
    original: Range<usize>,
    derived: Range<usize>,
}

impl Derived {
    fn start(capacity: usize) -> Derived {
        Derived { text: String::with_capacity(capacity), edits: Vec::new() }
    }

    /// Copies the original up to `to`.
    fn copy(&mut self, original: &str, to: usize) {
        let from = self.edits.last().map_or(0, |edit| edit.original.end);
        self.text.push_str(&original[from..to]);
    }

    /// Puts `text` instead of what stands at `original`.
    fn replace(&mut self, whole: &str, original: Range<usize>, text: &str) {
        self.copy(whole, original.start);
        let start = self.text.len();
        self.text.push_str(text);
        self.edits.push(Edit { original, derived: start..self.text.len() });
    }

    fn end(mut self, original: &str) -> Derived {
        self.copy(original, original.len());
        self
    }

    /// Whether it is the user's text.
    pub(super) fn is_unchanged(&self) -> bool {
        self.edits.is_empty()
    }

    /// Where in the original stands what stands at `offset` here; nothing for what was put in.
    pub(super) fn original(&self, offset: usize) -> Option<usize> {
        let after = self.edits.partition_point(|edit| edit.derived.start <= offset);
        let Some(last) = after.checked_sub(1).map(|last| &self.edits[last]) else {
            return Some(offset);
        };
        Some(offset.checked_sub(last.derived.end)? + last.original.end)
    }
}

/// The file as it is.
pub(super) fn unchanged(cut: &FileCut) -> Derived {
    Derived { text: cut.text.to_string(), edits: Vec::new() }
}

/// The file with every function opaque to the others.
pub(super) fn opaque(cut: &FileCut) -> Derived {
    let mut derived = Derived::start(cut.text.len() + cut.functions.len() * OPAQUE.len());
    for piece in &cut.functions {
        derived.replace(&cut.text, piece.body.start..piece.body.start, OPAQUE);
    }
    derived.end(&cut.text)
}

/// What a unit does with the functions of the files.
pub(super) struct Plan<'a> {
    /// Those that are compiled.
    pub compiled: &'a HashSet<Id>,
    /// Those that cannot be replaced and are left as they are.
    pub kept: &'a HashSet<Id>,
    /// Words that the rest of the unit has. What they do not name is left out.
    pub words: &'a dyn Fn(&str) -> bool,
    /// Free functions as declarations, with their symbols.
    pub declarations: &'a HashMap<Id, String>,
}

/// What becomes of a function in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is as it was.
    Stays,
    /// It is what the unit is for.
    Compiled,
    /// Nobody names it.
    Gone,
    /// It is declared.
    Declared,
    /// It has another body, which nobody runs: what counts is its symbol.
    StandsIn,
}

impl Plan<'_> {
    pub(super) fn fate(&self, id: Id, piece: &Piece) -> Fate {
        if self.kept.contains(&id) {
            Fate::Stays
        } else if self.compiled.contains(&id) {
            Fate::Compiled
        } else if piece.place != Place::Trait && !(self.words)(piece.key.name()) {
            Fate::Gone
        } else if self.declarations.contains_key(&id) {
            Fate::Declared
        } else {
            Fate::StandsIn
        }
    }
}

/// The file for a unit. `file` is its number.
pub(super) fn unit(cut: &FileCut, file: usize, plan: &Plan<'_>) -> Derived {
    let mut derived = Derived::start(cut.text.len() + 1024);
    let whole = &cut.text;
    for (number, piece) in cut.functions.iter().enumerate() {
        let id = Id(file, number);
        let (range, text) = match plan.fate(id, piece) {
            Fate::Stays => continue,
            Fate::Compiled => (piece.body.start..piece.body.start, OPAQUE.to_owned()),
            Fate::Gone => (piece.item.clone(), padded("", &whole[piece.item.clone()])),
            Fate::Declared => {
                let text = padded(&plan.declarations[&id], &whole[piece.item.clone()]);
                (piece.item.clone(), text)
            }
            Fate::StandsIn => {
                let body = format!("{OPAQUE}loop{{}}");
                (piece.body.clone(), padded(&body, &whole[piece.body.clone()]))
            }
        };
        derived.replace(whole, range, &text);
    }
    derived.end(whole)
}

/// `text` with as many lines as `place` has, ending in the same column where that can be.
fn padded(text: &str, place: &str) -> String {
    let mut padded = text.to_owned();
    padded.extend(place.chars().filter(|character| *character == '\n'));
    let last = place.rsplit('\n').next().unwrap_or_default().chars().count();
    let have = padded.rsplit('\n').next().unwrap_or_default().chars().count();
    padded.extend(std::iter::repeat_n(' ', last.saturating_sub(have)));
    padded
}

#[cfg(test)]
mod tests;
