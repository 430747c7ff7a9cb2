//! States: what a closure owns, and how it survives an edit of its type.
//!
//! A state whose type did not change is not touched. When it did change, the new state starts as
//! its `Default`, and each field that has the same name and the same type (down to the definitions
//! of all types in it) changes places with the old one's. The old state, which now owns the
//! defaults of the fields that moved, is dropped by its own generation's code: so every value is
//! dropped exactly once, by code that knows its type.

use std::fmt;

use segue_compiler::{Fingerprint, State};

use crate::error::{Error, ErrorKind};

/// Sizes and offsets of a state type, as its generation's own code reports them.
#[derive(Clone, Debug)]
pub(crate) struct StateLayout {
    pub(crate) name: String,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) memory: std::alloc::Layout,
    pub(crate) fields: Vec<FieldLayout>,
}

#[derive(Clone, Debug)]
pub(crate) struct FieldLayout {
    name: String,
    ty: String,
    fingerprint: Fingerprint,
    offset: usize,
    size: usize,
}

impl FieldLayout {
    /// Same name of the type, same definitions behind it; the size follows, and is checked because
    /// bytes are moved on the strength of it.
    fn is_same_type(&self, other: &FieldLayout) -> bool {
        self.ty == other.ty && self.fingerprint == other.fingerprint && self.size == other.size
    }
}

/// Bytes that change places between two states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) size: usize,
}

impl StateLayout {
    /// Builds the layout from what the layout shim wrote: size, alignment, then offset and size of
    /// each field in order.
    pub(crate) fn from_words(state: &State, words: &[usize]) -> Result<StateLayout, Error> {
        let refuse = || {
            Error::new(ErrorKind::State, format!("the layout of `{}` makes no sense", state.name))
        };
        let [size, align, fields @ ..] = words else { return Err(refuse()) };
        let memory = std::alloc::Layout::from_size_align(*size, *align).map_err(|_| refuse())?;
        let fields = state
            .fields
            .iter()
            .zip(fields.chunks_exact(2))
            .map(|(field, place)| FieldLayout {
                name: field.name.clone(),
                ty: field.ty.clone(),
                fingerprint: field.fingerprint,
                offset: place[0],
                size: place[1],
            })
            .collect::<Vec<_>>();
        let fits = |field: &FieldLayout| {
            field.offset.checked_add(field.size).is_some_and(|end| end <= memory.size())
        };
        if fields.len() != state.fields.len() || !fields.iter().all(fits) {
            return Err(refuse());
        }
        Ok(StateLayout { name: state.name.clone(), fingerprint: state.fingerprint, memory, fields })
    }

    /// Words that the layout shim of `state` writes.
    pub(crate) fn words(state: &State) -> usize {
        2 + 2 * state.fields.len()
    }

    /// Which bytes change places, and one line for each field, when `self` becomes `new`.
    pub(crate) fn plan(&self, new: &StateLayout) -> (Vec<Move>, Vec<FieldLine>) {
        let (mut moves, mut lines) = (Vec::new(), Vec::new());
        for field in &new.fields {
            let fate = match self.fields.iter().find(|old| old.name == field.name) {
                None => Fate::New,
                Some(old) if old.is_same_type(field) => {
                    moves.push(Move { from: old.offset, to: field.offset, size: old.size });
                    Fate::Kept
                }
                Some(old) if old.ty == field.ty => Fate::Redefined,
                Some(old) => Fate::Retyped { from: old.ty.clone() },
            };
            lines.push(FieldLine { name: field.name.clone(), ty: field.ty.clone(), fate });
        }
        for old in &self.fields {
            if !new.fields.iter().any(|field| field.name == old.name) {
                let (name, ty) = (old.name.clone(), old.ty.clone());
                lines.push(FieldLine { name, ty, fate: Fate::Dropped });
            }
        }
        if lines.is_empty() {
            let (name, ty) = (new.name.clone(), String::new());
            lines.push(FieldLine { name, ty, fate: Fate::Redefined });
        }
        (moves, lines)
    }
}

/// What became of one field of a state whose type changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldLine {
    /// The field's name; a number for a tuple struct.
    pub name: String,
    /// Its type in the new text (in the old one, for a dropped field).
    pub ty: String,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fate {
    /// Same name, same type: the value is the old one, bit for bit.
    Kept,
    /// Not in the old type: the value comes from `Default`.
    New,
    /// Not in the new type: the value was dropped.
    Dropped,
    /// Same name, another type: the value comes from `Default`.
    Retyped {
        /// The type that the field had.
        from: String,
    },
    /// Same name and type name, but the type's definition changed: the value comes from `Default`.
    Redefined,
}

impl fmt::Display for FieldLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FieldLine { name, ty, fate } = self;
        match fate {
            Fate::Kept => write!(f, "{name}: kept"),
            Fate::New => write!(f, "{name}: {ty} is new, starts as its default"),
            Fate::Dropped => write!(f, "{name}: {ty} dropped"),
            Fate::Retyped { from } => {
                write!(f, "{name}: {from} became {ty}, starts as its default")
            }
            Fate::Redefined if ty.is_empty() => {
                write!(f, "{name} was redefined, starts as its default")
            }
            Fate::Redefined => {
                write!(f, "{name}: {ty} was redefined, starts as its default")
            }
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests;
