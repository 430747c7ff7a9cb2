//! From typed bodies to MIR: rust-analyzer says what every expression means, and this writes out what it does.
//!
//! What is lowered is an *instance*: a body with all of its type parameters filled in. So every call, offset
//! and check is decided here: methods are resolved, places become offsets, operators become operations
//! and branches to a block that panics. An instance names the instances that it calls; whoever drives this
//! lowers those too.
//!
//! What is not supported is an [`Unsupported`] that names it and its place, never a wrong function.

use ra_ap_base_db::Crate;
use ra_ap_hir_def::builtin_derive::BuiltinDeriveImplMethod;
use ra_ap_hir_def::hir::Literal;
use ra_ap_hir_def::{BuiltinDeriveImplId, ConstId, FunctionId, StaticId, VariantId};
use ra_ap_hir_expand::EditionedFileId;
use ra_ap_hir_ty::db::{HirDatabase, InternedClosureId};
use ra_ap_hir_ty::next_solver::{GenericArgs, Ty};
use ra_ap_span::{TextRange, TextSize};

use super::front::slices::Slice;
use super::front::values::Named;
use super::mir::{Data, Function, Linkage, Span};
pub(crate) use answers::Answers;
pub(crate) use size::is_too_large;

mod adjust;
mod answers;
mod attributes;
mod body;
mod build;
mod call;
mod callable;
mod cast;
mod code;
mod computed;
mod constant;
mod control;
mod debug;
mod derive;
mod drops;
mod enums;
mod expression;
mod extend;
mod glue;
mod intrinsic;
mod known;
mod literal;
mod object;
mod operator;
mod part;
mod pattern;
mod place;
mod shim;
mod size;
mod slice;
mod source;
mod types;

/// What becomes one function of the object. Arguments are concrete, and without lifetimes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Instance<'db> {
    Function(FunctionId, GenericArgs<'db>),
    /// The body of a closure.
    Closure(InternedClosureId, GenericArgs<'db>),
    /// A closure without captures, called through a function pointer.
    ClosurePointer(InternedClosureId, GenericArgs<'db>),
    /// A `#[track_caller]` function, called through a function pointer.
    TrackedPointer(FunctionId, GenericArgs<'db>),
    /// The constructor of a struct or variant, called through a function pointer.
    Constructor(VariantId, Ty<'db>),
    /// What `#[derive]` writes.
    Derived(BuiltinDeriveImplId, BuiltinDeriveImplMethod, GenericArgs<'db>),
    /// `Clone::clone` of a tuple, an array or a closure.
    Clone(Ty<'db>),
    /// A constant that is computed where it is used.
    Constant(ConstId, GenericArgs<'db>),
    /// A method as it stands in the table of a trait object, where it is called in another way there.
    Virtual(FunctionId, GenericArgs<'db>),
    /// Drops what a pointer to such a value points to.
    Drop(Ty<'db>),
}

/// What a function pointer in a value points to.
impl<'db> From<Named<'db>> for Instance<'db> {
    fn from(named: Named<'db>) -> Instance<'db> {
        match named {
            Named::Function(function, args) => Instance::Function(function, args),
            Named::Closure(closure, args) => Instance::ClosurePointer(closure, args),
        }
    }
}

/// What lowering asks of those who know the program as a whole.
pub(crate) trait Program<'db> {
    /// The crate that the user writes: traits are resolved as it sees them.
    fn live_crate(&self) -> Crate;
    /// The symbol of an instance; of a function without a body, the name to link against.
    fn symbol(&self, instance: &Instance<'db>) -> String;
    fn linkage(&self, instance: &Instance<'db>) -> Linkage;
    fn static_symbol(&self, id: StaticId) -> String;
    /// Line and column, in a file that has a number.
    fn span(&self, file: EditionedFileId, offset: TextSize) -> Span;
    /// The literal that stands in the place of this one by now.
    fn literal(&self, file: EditionedFileId, range: TextRange) -> Option<&Literal>;
    /// The statements of this function's body that the front end has in another place.
    fn slice(&self, of: FunctionId) -> Option<&Slice>;
    /// The path of a file by that number, as panics say it.
    fn path(&self, file: u32) -> String;
    /// What the front end has said so far.
    fn answers(&self) -> &Answers;
}

/// Whether arithmetic that overflows panics. Divisions and indices are always checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Checks {
    On,
    Off,
}

/// One instance as MIR.
#[derive(Debug)]
pub(crate) struct Lowered<'db> {
    pub(crate) function: Function,
    /// The instances that it refers to.
    pub(crate) needs: Vec<Instance<'db>>,
    /// The constants that it refers to. Two instances may bring the same ones, under the same symbol.
    pub(crate) data: Vec<Data>,
    /// The statics that it refers to.
    pub(crate) statics: Vec<StaticId>,
}

/// What this compiler cannot do yet, and where it would have to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unsupported {
    /// What, as the rest of a sentence that begins "not supported yet: ".
    pub(crate) what: String,
    pub(crate) span: Span,
}

type Result<T> = std::result::Result<T, Unsupported>;

/// Lowers one instance. Asks queries: within `attach` only.
pub(crate) fn lower<'db>(
    db: &'db dyn HirDatabase,
    program: &dyn Program<'db>,
    instance: Instance<'db>,
    checks: Checks,
) -> std::result::Result<Lowered<'db>, Unsupported> {
    match instance {
        Instance::Function(function, args) => body::function(db, program, function, args, checks),
        Instance::Closure(closure, args) => body::closure(db, program, closure, args, checks),
        Instance::ClosurePointer(closure, args) => {
            shim::closure_pointer(db, program, closure, args, checks)
        }
        Instance::TrackedPointer(function, args) => {
            shim::tracked_pointer(db, program, function, args, checks)
        }
        Instance::Constructor(variant, ty) => shim::constructor(db, program, variant, ty, checks),
        Instance::Derived(derived, method, args) => {
            derive::derived(db, program, derived, method, args, checks)
        }
        Instance::Clone(ty) => derive::clone(db, program, ty, checks),
        Instance::Drop(ty) => glue::glue(db, program, ty, checks),
        Instance::Constant(id, args) => computed::constant(db, program, id, args, checks),
        Instance::Virtual(method, args) => shim::virtual_method(db, program, method, args, checks),
    }
}

#[cfg(test)]
mod tests;
