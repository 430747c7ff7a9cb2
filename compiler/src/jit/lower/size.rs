//! How large types may be. A type that doubles with each line, call or alias is a few nodes to who made it, since parts
//! that are the same are one in memory; whoever walks it without that knowledge does not come to an end.

use std::ops::ControlFlow;

use ra_ap_hir_ty::next_solver::{DbInterner, GenericArgs, Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::IntoKind;
use ra_ap_rustc_type_ir::{TypeSuperVisitable, TypeVisitable, TypeVisitor};

/// How many types something may consist of. rustc's own limit is higher; who folds types of this size again and again
/// does not end in a time that anybody waits for.
const TYPES: usize = 1 << 14;

/// Whether something consists of more types than anybody writes, once its parameters stand for these arguments.
pub(crate) fn is_too_large<'db>(
    of: &impl TypeVisitable<DbInterner<'db>>,
    args: Option<GenericArgs<'db>>,
) -> bool {
    of.visit_with(&mut Count { found: 0, args }).is_break()
}

/// Counts types until there are too many.
struct Count<'db> {
    found: usize,
    /// What parameters stand for. There are none in these.
    args: Option<GenericArgs<'db>>,
}

impl<'db> TypeVisitor<DbInterner<'db>> for Count<'db> {
    type Result = ControlFlow<()>;

    fn visit_ty(&mut self, ty: Ty<'db>) -> ControlFlow<()> {
        self.found += 1;
        if self.found > TYPES {
            return ControlFlow::Break(());
        }
        if let TyKind::Param(parameter) = ty.kind()
            && let Some(args) = self.args
            && let Some(argument) = args.get(parameter.index as usize).and_then(|it| it.ty())
        {
            self.args = None;
            let counted = argument.visit_with(self);
            self.args = Some(args);
            return counted;
        }
        ty.super_visit_with(self)
    }
}
