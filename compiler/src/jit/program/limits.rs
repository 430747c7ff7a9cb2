//! Programs without an end: functions that call themselves with ever larger types. rustc stops at a depth, and so
//! does this, at the same one and in its words; types that double at each step are too large long before.

use ra_ap_hir_def::nameres::crate_def_map;

use super::super::front::database::Database;
use super::super::lower::{self, Instance};
use super::Entry;

/// What is said of types that are too large.
pub(super) const TYPE_LENGTH: &str = "the type-length limit";

/// How deep in itself a function is looked at with suspicion, and how many such instances there may be: those
/// that call themselves in two ways are more than anybody can count before they are too deep.
const DEEP: usize = 4;
const DEEP_ONES: usize = 2_000;

/// What is counted of one program.
pub(super) struct Limits {
    /// `#![recursion_limit]`, or what it is without.
    recursion: usize,
    deep: usize,
}

impl Limits {
    /// Those of the live crate. Asks queries.
    pub(super) fn of(db: &Database) -> Limits {
        let recursion = crate_def_map(db, db.live_crate()).recursion_limit() as usize;
        Limits { recursion, deep: 0 }
    }

    /// Which limit an entry is beyond.
    pub(super) fn exceeded(&mut self, entries: &[Entry<'_>], index: usize) -> Option<&'static str> {
        let entry = &entries[index];
        if is_too_large(&entry.instance) {
            return Some(TYPE_LENGTH);
        }
        let mut depth = 0;
        let mut at = entry.wanted_by;
        while let Some(above) = at.map(|at| &entries[at]) {
            depth += usize::from(is_of_the_same(&above.instance, &entry.instance));
            at = above.wanted_by;
        }
        // As rustc has it: drops of parts follow drops of wholes, which is no call of the user's.
        if matches!(entry.instance, Instance::Drop(_) | Instance::Clone(_)) {
            depth /= 4;
        }
        self.deep += usize::from(depth > DEEP);
        let is_beyond = depth > self.recursion || self.deep > DEEP_ONES;
        is_beyond.then_some("the recursion limit")
    }
}

/// Whether two instances are of one function.
fn is_of_the_same(one: &Instance<'_>, other: &Instance<'_>) -> bool {
    match (one, other) {
        (Instance::Function(one, _), Instance::Function(other, _))
        | (Instance::TrackedPointer(one, _), Instance::TrackedPointer(other, _))
        | (Instance::Virtual(one, _), Instance::Virtual(other, _)) => one == other,
        (Instance::Closure(one, _), Instance::Closure(other, _))
        | (Instance::ClosurePointer(one, _), Instance::ClosurePointer(other, _)) => one == other,
        (Instance::Constructor(one, _), Instance::Constructor(other, _)) => one == other,
        (Instance::Derived(one, method, _), Instance::Derived(other, same, _)) => {
            one == other && method == same
        }
        (Instance::Constant(one, _), Instance::Constant(other, _)) => one == other,
        (Instance::Clone(_), Instance::Clone(_)) | (Instance::Drop(_), Instance::Drop(_)) => true,
        _ => false,
    }
}

/// Whether an instance's types consist of more than anybody writes.
fn is_too_large(instance: &Instance<'_>) -> bool {
    match *instance {
        Instance::Function(_, args)
        | Instance::Closure(_, args)
        | Instance::ClosurePointer(_, args)
        | Instance::TrackedPointer(_, args)
        | Instance::Derived(_, _, args)
        | Instance::Constant(_, args)
        | Instance::Virtual(_, args) => lower::is_too_large(&args, None),
        Instance::Constructor(_, ty) | Instance::Clone(ty) | Instance::Drop(ty) => {
            lower::is_too_large(&ty, None)
        }
    }
}
