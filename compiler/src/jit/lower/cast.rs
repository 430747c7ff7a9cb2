//! `as`.

use ra_ap_hir_def::hir::ExprId;
use ra_ap_hir_ty::PointerCast;
use ra_ap_hir_ty::next_solver::{Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::IntoKind;

use super::super::mir::{Cast, Operand, Place, Scalar, Value};
use super::Result;
use super::body::Body;
use super::code::{Code, Tail};
use super::types::{is_float, is_signed};

impl<'db> Body<'_, 'db> {
    /// `inner as T`, which is `e`.
    pub(super) fn cast_into(&mut self, e: ExprId, inner: ExprId, to: Place) -> Result<()> {
        let (from_ty, to_ty) = (self.ty(inner), self.raw_ty(e));
        if from_ty == to_ty {
            return self.into(inner, to);
        }
        if let TyKind::FnDef(..) = from_ty.kind() {
            let nowhere = self.temporary(from_ty)?;
            self.into(inner, nowhere)?;
            let address = self.code.function_address(from_ty)?;
            let scalar = self.scalar(to_ty)?;
            let value = self.build.cast(Cast::Unsigned, Scalar::Pointer, scalar, address);
            self.build.set(scalar, to, Value::Use(value));
            return Ok(());
        }
        let from = self.temporary(from_ty)?;
        self.into(inner, from)?;
        self.at_expression(e);
        self.code.cast(from, from_ty, to, to_ty)
    }
}

impl<'db> Code<'_, 'db> {
    fn cast(&mut self, from: Place, from_ty: Ty<'db>, to: Place, to_ty: Ty<'db>) -> Result<()> {
        if let TyKind::Closure(..) = from_ty.kind() {
            let cast = PointerCast::ClosureFnPointer(ra_ap_hir_ty::next_solver::abi::Safety::Safe);
            return self.pointer_cast(cast, from, from_ty, to, to_ty);
        }
        if is_pointer(from_ty) && is_pointer(to_ty) {
            return self.pointer_as(from, from_ty, to, to_ty);
        }
        let target = self.scalar(to_ty)?;
        if self.enum_of(from_ty).is_some() {
            let number = self.discriminant(from, from_ty, target)?;
            self.build.set(target, to, Value::Use(number));
            return Ok(());
        }
        let source = self.scalar(from_ty)?;
        let value = Operand::Load(source, from);
        let cast = match (is_float(from_ty), is_float(to_ty)) {
            (true, true) => Cast::Float,
            (true, false) if is_signed(to_ty) => Cast::FloatToSigned,
            (true, false) => Cast::FloatToUnsigned,
            (false, true) if is_signed(from_ty) => Cast::SignedToFloat,
            (false, true) => Cast::UnsignedToFloat,
            (false, false) if is_signed(from_ty) => Cast::Signed,
            (false, false) => Cast::Unsigned,
        };
        let value = self.build.cast(cast, source, target, value);
        self.build.set(target, to, Value::Use(value));
        Ok(())
    }

    /// A pointer as another: the length stays where both have one, and goes where only one has.
    fn pointer_as(
        &mut self,
        from: Place,
        from_ty: Ty<'db>,
        to: Place,
        to_ty: Ty<'db>,
    ) -> Result<()> {
        let (old, new) = (self.layout(from_ty)?, self.layout(to_ty)?);
        if old.pass == new.pass {
            return self.copy(from, to, to_ty);
        }
        if new.size == 8 {
            let address = Operand::Load(Scalar::Pointer, from);
            self.build.set(Scalar::Pointer, to, Value::Use(address));
            return Ok(());
        }
        let TyKind::RawPtr(target, _) = to_ty.kind() else {
            return Err(self.unsupported("a cast of this kind"));
        };
        match self.tail(self.types.normalized(target)) {
            Tail::Elements(_) | Tail::Table => {
                self.pointer_cast(PointerCast::Unsize, from, from_ty, to, to_ty)
            }
            _ => Err(self.unsupported("a cast to a pointer of this kind")),
        }
    }
}

fn is_pointer(ty: Ty<'_>) -> bool {
    matches!(ty.kind(), TyKind::Ref(..) | TyKind::RawPtr(..) | TyKind::FnPtr(..))
}
