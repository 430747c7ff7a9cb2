//! States: what a closure owns, and how it survives an edit of its type.
//!
//! A state whose type did not change is not touched. When it did change, the new state starts as its
//! `Default`, and what both types have in common *changes places* with what the old state holds: by name
//! and type, to any depth ([`shape`] knows what is inside, [`plan`] says what meets what, [`carry`] does
//! it). The old state then owns defaults where its values were, and is dropped by its own
//! generation's code: **every value is dropped exactly once, by code that knows its type**.

use std::sync::Arc;

use segue_compiler::{Fingerprint, State};

use crate::error::{Error, ErrorKind};

pub(crate) mod carry;
pub(crate) mod plan;
mod report;
pub(crate) mod shape;
pub(crate) mod spares;
mod widen;

pub use report::{Fate, FieldLine};

use shape::Shapes;

/// Sizes and offsets of a state type, as its generation's own code reports them.
#[derive(Clone, Debug)]
pub(crate) struct StateLayout {
    pub(crate) name: String,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) memory: std::alloc::Layout,
    /// Which of `shapes` it is; `None` when it cannot be looked into.
    pub(crate) root: Option<usize>,
    pub(crate) shapes: Arc<Shapes>,
}

impl StateLayout {
    /// Whether a value of one type, which another compiler laid out like `other`, lies in memory as here.
    /// What cannot be looked into may differ.
    pub(crate) fn is_as_in(&self, other: &StateLayout) -> bool {
        let root = self.root.filter(|root| Some(*root) == other.root);
        self.memory == other.memory
            && root.is_some_and(|root| self.shapes.are_alike(&other.shapes, root, shape::DEPTH))
    }

    /// Words that the layout shim writes: size, alignment, number.
    pub(crate) const WORDS: usize = 3;

    /// Builds the layout from what the layout shim wrote.
    pub(crate) fn from_words(
        state: &State,
        words: [usize; StateLayout::WORDS],
        shapes: Arc<Shapes>,
    ) -> Result<StateLayout, Error> {
        let [size, align, number] = words;
        let memory = std::alloc::Layout::from_size_align(size, align).map_err(|_| {
            Error::new(ErrorKind::State, format!("the layout of `{}` makes no sense", state.name))
        })?;
        let root = shapes.number(number, size);
        Ok(StateLayout {
            name: state.name.clone(),
            fingerprint: state.fingerprint,
            memory,
            root,
            shapes,
        })
    }
}
