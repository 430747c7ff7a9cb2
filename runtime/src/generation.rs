//! Generations: what was live, function by function.

use std::sync::Arc;

use segue_compiler::{Fingerprint, Interface};
use segue_loader::{Digest, Split};

use crate::{
    epoch::{Epochs, Retired},
    functions::Functions,
    live::Basis,
    reach::Known,
    table::OwnedSlot,
};

/// Linked code, and its shares of the slots that it calls through. Its last owner does not free it but
/// retires it: callers may still be inside.
pub(crate) struct Code {
    known: Arc<Known>,
    entry: usize,
    size: usize,
    epochs: Arc<Epochs>,
}

impl Code {
    pub(crate) fn new(known: Arc<Known>, epochs: Arc<Epochs>) -> Code {
        let (entry, size) = (known.linked().entry(), known.linked().size());
        Code { known, entry, size, epochs }
    }

    /// The slots that it can call through.
    pub(crate) fn slots(&self) -> &[Arc<OwnedSlot>] {
        self.known.slots()
    }

    pub(crate) fn entry(&self) -> usize {
        self.entry
    }

    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// Bytes of the code window that are given back with it.
    pub(crate) fn held(&self) -> usize {
        self.known.linked().range().len()
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        self.epochs.retire(Retired::code(self.entry, self.known.clone()));
    }
}

/// One function as it is live in some generation.
pub(crate) struct LiveFunction {
    pub(crate) slot: Arc<OwnedSlot>,
    pub(crate) code: Arc<Code>,
    /// The object that it came from, and which of its modules it is: what a relink needs.
    pub(crate) split: Arc<Split>,
    pub(crate) module: usize,
    /// The generation that brought this code.
    pub(crate) since: u64,
}

impl LiveFunction {
    pub(crate) fn digest(&self) -> Digest {
        self.split.modules()[self.module].digest
    }

    /// Symbols of the live functions that this one refers to.
    pub(crate) fn calls(&self) -> &[String] {
        &self.split.modules()[self.module].calls
    }

    /// Symbols of the statics that it refers to.
    pub(crate) fn statics(&self) -> &[String] {
        &self.split.modules()[self.module].statics
    }
}

/// One published set of functions that were compiled to agree with one another.
pub(crate) struct Generation {
    pub(crate) number: u64,
    /// Which set of slots its internal calls go through (`live` explains).
    pub(crate) world: u64,
    pub(crate) interface: Arc<Interface>,
    /// The types of its world. Those of the interface are others where a text changed types and no code
    /// (`core::adopt_interface`).
    pub(crate) types: Fingerprint,
    /// By symbol. Neighbouring generations share the functions that they have in common.
    pub(crate) functions: Functions,
    /// What it was made of; nothing before the first one.
    pub(crate) basis: Option<Basis>,
}
