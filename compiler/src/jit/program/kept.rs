//! What stays of one program for the next, where an edit changed bodies alone: the MIR of every instance but those
//! that the edited functions have a part in.
//!
//! An instance is made from its own body, from the types it is made for, and from what is outside of bodies. Types are
//! decided in bodies where they are closures: so whatever is made for a closure of an edited function is
//! made again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use ra_ap_base_db::FileId;
use ra_ap_hir_def::builtin_derive::BuiltinDeriveImplMethod;
use ra_ap_hir_def::{
    BlockId, BuiltinDeriveImplId, ConstId, DefWithBodyId, FunctionId, StaticId, VariantId,
};
use ra_ap_hir_ty::InferBodyId;
use ra_ap_hir_ty::db::{HirDatabase, InternedClosureId};
use ra_ap_hir_ty::next_solver::{DbInterner, StoredGenericArgs, StoredTy, Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::IntoKind;
use ra_ap_rustc_type_ir::{TypeSuperVisitable, TypeVisitable, TypeVisitor};

use super::super::front::overlay::Overlay;
use super::super::lower::{Answers, Instance, Lowered};
use super::super::mir::{Data, Function};

/// See the module.
#[derive(Default)]
pub(in crate::jit) struct Kept {
    pub(super) units: Units,
    pub(super) statics: HashMap<StaticId, Arc<Variable>>,
    /// What every object of the program has.
    pub(super) roots: Vec<Stored>,
    pub(super) variables: Vec<StaticId>,
    /// What the items of blocks are named below.
    pub(super) blocks: HashMap<BlockId, String>,
    /// The files that MIR numbers.
    pub(super) files: Vec<FileId>,
    /// What the program was made of last.
    pub(super) there: There,
    /// What was forgotten since, as it was.
    pub(super) forgotten: HashMap<Stored, Arc<Unit>>,
    /// The functions that were edited since.
    pub(super) edited: HashSet<FunctionId>,
    /// Functions whose bodies the front end was not given.
    pub(in crate::jit) blank: HashSet<FunctionId>,
    /// What in the bodies it was not given.
    pub(in crate::jit) overlay: Arc<Overlay>,
    /// What it said of what it was given, and symbols made from that.
    pub(super) answers: Answers,
    pub(super) symbols: HashMap<Stored, String>,
}

/// What a program consists of.
#[derive(Default)]
pub(super) struct There {
    pub(super) instances: HashSet<Stored>,
    pub(super) statics: HashSet<StaticId>,
    /// Of some of it it is not known whose edits change it.
    pub(super) is_unsure: bool,
}

impl There {
    pub(super) fn has(&self, instance: &Instance<'_>) -> bool {
        !self.instances.is_empty() && self.instances.contains(&Stored::of(instance))
    }
}

/// Instances as MIR, by what they are, and by whose edits change them.
#[derive(Default)]
pub(super) struct Units {
    all: HashMap<Stored, Arc<Unit>>,
    by_function: HashMap<FunctionId, HashSet<Stored>>,
}

impl Units {
    pub(super) fn get(&self, stored: &Stored) -> Option<&Arc<Unit>> {
        self.all.get(stored)
    }

    pub(super) fn insert(&mut self, stored: Stored, unit: Arc<Unit>) {
        for function in &unit.bodies.functions {
            self.by_function.entry(*function).or_default().insert(stored.clone());
        }
        self.all.insert(stored, unit);
    }

    /// Takes out what a function has a part in.
    fn take_of(&mut self, function: FunctionId) -> Vec<(Stored, Arc<Unit>)> {
        let stored = self.by_function.remove(&function).unwrap_or_default();
        // Some may have been taken for another function.
        stored.into_iter().filter_map(|it| self.all.remove_entry(&it)).collect()
    }
}

/// One instance as MIR.
pub(super) struct Unit {
    pub(super) function: Arc<Function>,
    pub(super) needs: Vec<Stored>,
    pub(super) data: Vec<Data>,
    pub(super) statics: Vec<StaticId>,
    /// Whose edits change it.
    bodies: Bodies,
}

/// A static, and what it refers to; nothing of one that is somebody else's.
#[derive(Default)]
pub(super) struct Variable {
    pub(super) data: Vec<Data>,
    pub(super) needs: Vec<Stored>,
}

/// The functions whose bodies decide what an instance is.
#[derive(Debug, Default)]
struct Bodies {
    functions: Vec<FunctionId>,
    /// One of them is in no function's body, or it is not known in whose.
    is_elsewhere: bool,
}

/// An instance, for longer than queries are asked.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Stored {
    Function(FunctionId, StoredGenericArgs),
    Closure(InternedClosureId, StoredGenericArgs),
    ClosurePointer(InternedClosureId, StoredGenericArgs),
    TrackedPointer(FunctionId, StoredGenericArgs),
    Constructor(VariantId, StoredTy),
    Derived(BuiltinDeriveImplId, BuiltinDeriveImplMethod, StoredGenericArgs),
    Clone(StoredTy),
    Constant(ConstId, StoredGenericArgs),
    Virtual(FunctionId, StoredGenericArgs),
    Drop(StoredTy),
}

impl Kept {
    /// The bodies of these functions are other ones now.
    pub(in crate::jit) fn forget(&mut self, edited: &HashSet<FunctionId>) {
        self.edited.extend(edited);
        let units = &mut self.units;
        for (stored, unit) in edited.iter().flat_map(|function| units.take_of(*function)) {
            self.there.instances.remove(&stored);
            // What was made since, and did not become part of the program, is nothing that it was.
            self.forgotten.entry(stored).or_insert(unit);
        }
    }

    /// The front end is given another text, and the live one does not differ from it.
    pub(in crate::jit) fn given_another_text(&mut self) {
        self.blank.clear();
        self.overlay = Arc::default();
        self.answers = Answers::default();
        self.symbols.clear();
    }

    /// The front end was given a slice of a function: what it said of the last one is not true any more.
    pub(in crate::jit) fn given_a_slice_of(&mut self, function: FunctionId) {
        if let Some(slice) = self.overlay.slice(function) {
            self.answers.forget_places_of(slice.owner);
        }
    }

    /// The functions whose bodies decide what was forgotten, and those that were edited.
    pub(in crate::jit) fn needed(&self) -> HashSet<FunctionId> {
        let forgotten = self.forgotten.values().flat_map(|unit| &unit.bodies.functions);
        self.edited.iter().chain(forgotten).copied().collect()
    }

    /// Whether a body that the front end was not given decides what this is.
    pub(super) fn is_blank(&self, db: &dyn HirDatabase, instance: &Instance<'_>) -> bool {
        !self.blank.is_empty()
            && Bodies::of(db, instance).functions.iter().any(|it| self.blank.contains(it))
    }

    /// Whether of all that the program consists of it is known whose edits change it.
    pub(in crate::jit) fn can_stay(&self) -> bool {
        !self.there.is_unsure
    }

    /// What was forgotten, and can be made without asking who needs it: no type in it is one of the edited bodies.
    pub(super) fn again(&self) -> Vec<Stored> {
        let is_there = |stored: &Stored, bodies: &Bodies| match (stored, &bodies.functions[..]) {
            (
                Stored::Function(id, _) | Stored::TrackedPointer(id, _) | Stored::Virtual(id, _),
                [own, of_types @ ..],
            ) => own == id && !of_types.iter().any(|it| self.edited.contains(it)),
            _ => false,
        };
        let again = self.forgotten.iter().filter(|(stored, unit)| is_there(stored, &unit.bodies));
        let mut again: Vec<_> =
            again.map(|(stored, unit)| (&unit.function.symbol, stored)).collect();
        again.sort_by_key(|(symbol, _)| *symbol);
        again.into_iter().map(|(_, stored)| stored.clone()).collect()
    }

    /// The program is made: the symbols of what was forgotten, which may be gone.
    pub(super) fn settle(&mut self) -> Vec<String> {
        self.edited.clear();
        self.forgotten.drain().map(|(_, unit)| unit.function.symbol.clone()).collect()
    }
}

impl Unit {
    pub(super) fn of(db: &dyn HirDatabase, instance: &Instance<'_>, lowered: Lowered<'_>) -> Unit {
        let Lowered { function, needs, data, statics } = lowered;
        Unit {
            function: Arc::new(function),
            needs: needs.iter().map(Stored::of).collect(),
            data,
            statics,
            bodies: Bodies::of(db, instance),
        }
    }

    /// Whether it is known whose edits change it.
    pub(super) fn can_stay(&self) -> bool {
        !self.bodies.is_elsewhere
    }
}

impl Stored {
    pub(super) fn of(instance: &Instance<'_>) -> Stored {
        match *instance {
            Instance::Function(id, args) => Stored::Function(id, args.store()),
            Instance::Closure(id, args) => Stored::Closure(id, args.store()),
            Instance::ClosurePointer(id, args) => Stored::ClosurePointer(id, args.store()),
            Instance::TrackedPointer(id, args) => Stored::TrackedPointer(id, args.store()),
            Instance::Constructor(id, ty) => Stored::Constructor(id, ty.store()),
            Instance::Derived(id, method, args) => Stored::Derived(id, method, args.store()),
            Instance::Clone(ty) => Stored::Clone(ty.store()),
            Instance::Constant(id, args) => Stored::Constant(id, args.store()),
            Instance::Virtual(id, args) => Stored::Virtual(id, args.store()),
            Instance::Drop(ty) => Stored::Drop(ty.store()),
        }
    }

    pub(super) fn get<'db>(&self) -> Instance<'db> {
        match self {
            Stored::Function(id, args) => Instance::Function(*id, args.as_ref()),
            Stored::Closure(id, args) => Instance::Closure(*id, args.as_ref()),
            Stored::ClosurePointer(id, args) => Instance::ClosurePointer(*id, args.as_ref()),
            Stored::TrackedPointer(id, args) => Instance::TrackedPointer(*id, args.as_ref()),
            Stored::Constructor(id, ty) => Instance::Constructor(*id, ty.as_ref()),
            Stored::Derived(id, method, args) => Instance::Derived(*id, *method, args.as_ref()),
            Stored::Clone(ty) => Instance::Clone(ty.as_ref()),
            Stored::Constant(id, args) => Instance::Constant(*id, args.as_ref()),
            Stored::Virtual(id, args) => Instance::Virtual(*id, args.as_ref()),
            Stored::Drop(ty) => Instance::Drop(ty.as_ref()),
        }
    }
}

impl Bodies {
    fn of(db: &dyn HirDatabase, instance: &Instance<'_>) -> Bodies {
        let mut found = Find { db, bodies: Bodies::default() };
        match *instance {
            Instance::Function(id, args)
            | Instance::TrackedPointer(id, args)
            | Instance::Virtual(id, args) => {
                found.bodies.functions.push(id);
                args.visit_with(&mut found);
            }
            Instance::Closure(id, args) | Instance::ClosurePointer(id, args) => {
                found.closure(id);
                args.visit_with(&mut found);
            }
            Instance::Derived(_, _, args) | Instance::Constant(_, args) => {
                args.visit_with(&mut found);
            }
            Instance::Constructor(_, ty) | Instance::Clone(ty) | Instance::Drop(ty) => {
                ty.visit_with(&mut found);
            }
        }
        found.bodies
    }
}

/// Finds the closures in types.
struct Find<'a> {
    db: &'a dyn HirDatabase,
    bodies: Bodies,
}

impl Find<'_> {
    fn closure(&mut self, id: InternedClosureId) {
        match id.loc(self.db).owner {
            InferBodyId::DefWithBodyId(DefWithBodyId::FunctionId(function)) => {
                self.bodies.functions.push(function);
            }
            // What is computed from these is outside of bodies.
            InferBodyId::DefWithBodyId(_) => {}
            InferBodyId::AnonConstId(_) => self.bodies.is_elsewhere = true,
        }
    }
}

impl<'db> TypeVisitor<DbInterner<'db>> for Find<'_> {
    type Result = ();

    fn visit_ty(&mut self, ty: Ty<'db>) {
        match ty.kind() {
            TyKind::Closure(id, _) => self.closure(id.0),
            TyKind::Coroutine(..) | TyKind::CoroutineClosure(..) | TyKind::Alias(..) => {
                self.bodies.is_elsewhere = true;
            }
            _ => {}
        }
        ty.super_visit_with(self);
    }
}
