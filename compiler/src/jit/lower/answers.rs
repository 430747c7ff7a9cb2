//! What the front end has said of the bodies that it has, for whoever lowers one of them again.
//!
//! It holds as long as the front end is given no other text, so for edits of numbers alone (`front::numbers`), where
//! finding out again which implementation each call means, and where each expression stands, is a good part of lowering.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;

use ra_ap_hir_def::builtin_derive::BuiltinDeriveImplMethod;
use ra_ap_hir_def::hir::{ExprId, ExprOrPatId};
use ra_ap_hir_def::{BuiltinDeriveImplId, DefWithBodyId, ExpressionStoreOwnerId, FunctionId};
use ra_ap_hir_expand::EditionedFileId;
use ra_ap_hir_ty::next_solver::{GenericArgs, StoredGenericArgs};
use ra_ap_span::TextSize;

use super::attributes::Attributes;

/// See the module.
#[derive(Default)]
pub(crate) struct Answers {
    implementations: Table<(FunctionId, StoredGenericArgs), (Implementation, StoredGenericArgs)>,
    attributes: Table<FunctionId, Attributes>,
    places: Table<(ExpressionStoreOwnerId, Asked), Option<Place>>,
}

/// The function that a trait's method is for some types.
#[derive(Clone, Copy, Debug)]
pub(super) enum Implementation {
    Function(FunctionId),
    Derived(BuiltinDeriveImplId, BuiltinDeriveImplMethod),
}

/// Whose place is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Asked {
    Whole(ExprOrPatId),
    /// The bracket of an index.
    Bracket(ExprId),
    /// The name in a method call.
    MethodName(ExprId),
}

/// A place in a text of the front end's.
pub(super) type Place = (EditionedFileId, TextSize);

impl Answers {
    /// All of them; none is known afterwards.
    pub(crate) fn take(&self) -> Answers {
        Answers {
            implementations: Table(self.implementations.0.take().into()),
            attributes: Table(self.attributes.0.take().into()),
            places: Table(self.places.0.take().into()),
        }
    }

    /// Forgets where the expressions of a function stand, which has another body now.
    pub(crate) fn forget_places_of(&mut self, function: FunctionId) {
        let function = ExpressionStoreOwnerId::from(DefWithBodyId::FunctionId(function));
        self.places.0.get_mut().retain(|(owner, _), _| *owner != function);
    }

    pub(super) fn implementation<'db>(
        &self,
        function: FunctionId,
        args: GenericArgs<'db>,
        ask: impl FnOnce() -> (Implementation, GenericArgs<'db>),
    ) -> (Implementation, GenericArgs<'db>) {
        let ask = || {
            let (found, with) = ask();
            (found, with.store())
        };
        let (found, with) = self.implementations.get((function, args.store()), ask);
        (found, with.as_ref())
    }

    pub(super) fn attributes(
        &self,
        function: FunctionId,
        ask: impl FnOnce() -> Attributes,
    ) -> Attributes {
        self.attributes.get(function, ask)
    }

    /// Nothing where nobody wrote it.
    pub(super) fn place(
        &self,
        owner: ExpressionStoreOwnerId,
        asked: Asked,
        ask: impl FnOnce() -> Option<Place>,
    ) -> Option<Place> {
        self.places.get((owner, asked), ask)
    }
}

/// Answers to one kind of question.
struct Table<K, V>(RefCell<HashMap<K, V>>);

impl<K, V> Default for Table<K, V> {
    fn default() -> Table<K, V> {
        Table(RefCell::default())
    }
}

impl<K: Hash + Eq, V: Clone> Table<K, V> {
    /// The answer, which is asked for if it is not known. Who answers may ask other questions.
    fn get(&self, key: K, ask: impl FnOnce() -> V) -> V {
        if let Some(known) = self.0.borrow().get(&key) {
            return known.clone();
        }
        let answer = ask();
        self.0.borrow_mut().insert(key, answer.clone());
        answer
    }
}
