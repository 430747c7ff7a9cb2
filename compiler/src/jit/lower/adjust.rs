//! What inference does to a value between where it is computed and where it is used.

use ra_ap_hir_def::hir::ExprId;
use ra_ap_hir_ty::next_solver::Mutability;
use ra_ap_hir_ty::next_solver::{Ty, TyKind};
use ra_ap_hir_ty::{Adjust, Adjustment, AutoBorrow, PointerCast};
use ra_ap_rustc_type_ir::inherent::IntoKind;

use super::super::mir::{Operand, Place, Scalar, Value};
use super::body::Body;
use super::code::Code;
use super::{Instance, Result};

impl<'db> Body<'_, 'db> {
    /// Evaluates an expression, as it is used, into a place that nobody else looks at.
    pub(super) fn into(&mut self, e: ExprId, to: Place) -> Result<()> {
        self.adjusted_into(e, self.adjustments(e), to)
    }

    pub(super) fn adjusted_into(
        &mut self,
        e: ExprId,
        adjustments: &'db [Adjustment],
        to: Place,
    ) -> Result<()> {
        let Some((last, rest)) = adjustments.split_last() else { return self.raw_into(e, to) };
        let ty = self.types.of(last.target.as_ref());
        match &last.kind {
            Adjust::NeverToAny => {
                let nowhere = self.build.temporary(super::build::NO_LAYOUT);
                self.adjusted_into(e, rest, nowhere)?;
                self.build.end(super::super::mir::End::Unreachable);
                Ok(())
            }
            Adjust::Deref(_) => {
                let place = self.adjusted_place(e, adjustments)?;
                self.take(&place, to)
            }
            Adjust::Borrow(borrow) => {
                let shared = matches!(
                    borrow,
                    AutoBorrow::Ref(mutability) if Mutability::from(*mutability) == Mutability::Not
                );
                if shared && let Some(address) = self.promoted(e, rest)? {
                    self.build.set(Scalar::Pointer, to, Value::Use(address));
                    return Ok(());
                }
                let place = self.adjusted_place(e, rest)?;
                self.code.point_to(&place, to)
            }
            Adjust::Pointer(cast) => {
                let from_ty = match rest.last() {
                    Some(before) => self.types.of(before.target.as_ref()),
                    None => self.raw_ty(e),
                };
                let from = self.temporary(from_ty)?;
                self.adjusted_into(e, rest, from)?;
                self.at_expression(e);
                self.code.pointer_cast(*cast, from, from_ty, to, ty)
            }
        }
    }
}

impl<'db> Code<'_, 'db> {
    /// Makes another pointer of a pointer.
    pub(super) fn pointer_cast(
        &mut self,
        cast: PointerCast,
        from: Place,
        from_ty: Ty<'db>,
        to: Place,
        to_ty: Ty<'db>,
    ) -> Result<()> {
        match cast {
            PointerCast::ReifyFnPointer => {
                let address = self.function_address(from_ty)?;
                self.build.set(Scalar::Pointer, to, Value::Use(address));
                Ok(())
            }
            PointerCast::ClosureFnPointer(_) => {
                let TyKind::Closure(closure, args) = from_ty.kind() else {
                    return Err(self.unsupported("a closure that is none"));
                };
                let symbol = self.need(Instance::ClosurePointer(closure.0, args));
                let address = Operand::Address(super::super::mir::Address::Function(symbol), 0);
                self.build.set(Scalar::Pointer, to, Value::Use(address));
                Ok(())
            }
            PointerCast::UnsafeFnPointer | PointerCast::MutToConstPointer => {
                self.copy(from, to, to_ty)
            }
            PointerCast::ArrayToPointer => {
                let address = Operand::Load(Scalar::Pointer, from);
                self.build.set(Scalar::Pointer, to, Value::Use(address));
                Ok(())
            }
            PointerCast::Unsize => self.unsize(from, from_ty, to, to_ty),
        }
    }
}
