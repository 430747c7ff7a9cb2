//! Operators: those of numbers, with rustc's checks, and those that are calls of a trait's method.

use ra_ap_hir_def::hir::{ArithOp, BinaryOp, CmpOp, Expr, ExprId, Literal, Ordering, UnaryOp};
use ra_ap_hir_ty::Adjust;
use ra_ap_hir_ty::next_solver::{Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::IntoKind;

use super::super::mir::size_of;
use super::super::mir::{
    Binary, Cast, Compare, Operand, Pass, Place, Scalar, Statement, Unary, Value,
};
use super::body::Body;
use super::build::{BOOL, layout_of};
use super::code::{Code, Spot};
use super::types::{is_float, is_signed};
use super::{Checks, Result};

impl<'db> Body<'_, 'db> {
    /// The type of an operand without the reference that an overloaded operator would take.
    pub(super) fn unreferenced_ty(&self, e: ExprId) -> Ty<'db> {
        match self.adjustments(e) {
            [rest @ .., last] if matches!(last.kind, Adjust::Borrow(_)) => match rest.last() {
                Some(before) => self.types.of(before.target.as_ref()),
                None => self.raw_ty(e),
            },
            _ => self.ty(e),
        }
    }

    pub(super) fn unreferenced_place(&mut self, e: ExprId) -> Result<Spot<'db>> {
        match self.adjustments(e) {
            [rest @ .., last] if matches!(last.kind, Adjust::Borrow(_)) => {
                self.adjusted_place(e, rest)
            }
            all => self.adjusted_place(e, all),
        }
    }

    pub(super) fn unreferenced_operand(&mut self, e: ExprId) -> Result<Operand> {
        match self.adjustments(e).last() {
            Some(last) if matches!(last.kind, Adjust::Borrow(_)) => {
                let place = self.unreferenced_place(e)?;
                let scalar = self.scalar(place.ty)?;
                Ok(Operand::Load(scalar, self.code.place(&place)?))
            }
            _ => self.operand_of(e),
        }
    }

    /// `lhs op rhs`, of numbers or by a trait.
    pub(super) fn operator_into(
        &mut self,
        e: ExprId,
        lhs: ExprId,
        rhs: ExprId,
        op: BinaryOp,
        to: Place,
    ) -> Result<()> {
        let (left, right) = (self.unreferenced_ty(lhs), self.unreferenced_ty(rhs));
        let builtin = match op {
            BinaryOp::ArithOp(op) => self.code.is_builtin_arithmetic(op, left, right),
            _ => self.code.is_builtin_comparison(left, right),
        };
        if !builtin {
            if let (BinaryOp::CmpOp(op), TyKind::RawPtr(..)) = (op, left.kind())
                && left == right
            {
                let a = self.unreferenced_place(lhs)?;
                let a = self.code.place(&a)?;
                let first = self.temporary(left)?;
                self.copy(a, first, left)?;
                let b = self.unreferenced_place(rhs)?;
                let b = self.code.place(&b)?;
                self.at_expression(e);
                let value = self.code.compare_fat(op, left, first, b)?;
                self.build.set(Scalar::I8, to, Value::Use(value));
                return Ok(());
            }
            return self.overloaded(e, lhs, rhs, to);
        }
        let a = self.unreferenced_operand(lhs)?;
        let a = match a {
            Operand::Load(scalar, _) if !self.is_simple(rhs) => {
                self.build.value(scalar, Value::Use(a))
            }
            a => a,
        };
        let b = self.unreferenced_operand(rhs)?;
        self.at_expression(e);
        let (scalar, value) = match op {
            BinaryOp::ArithOp(op) => {
                let value = self.code.arithmetic(op, left, a, right, b)?;
                (self.scalar(left)?, value)
            }
            BinaryOp::CmpOp(op) => (Scalar::I8, self.code.comparison(op, left, a, b)?),
            _ => return Err(self.unsupported("an operator of this kind")),
        };
        self.build.set(scalar, to, Value::Use(value));
        Ok(())
    }

    fn is_simple(&self, e: ExprId) -> bool {
        matches!(self.store[e], Expr::Literal(_) | Expr::Path(_))
    }

    pub(super) fn overloaded(
        &mut self,
        e: ExprId,
        lhs: ExprId,
        rhs: ExprId,
        to: Place,
    ) -> Result<()> {
        let (method, args) = self
            .infer
            .method_resolution(e)
            .ok_or_else(|| self.unsupported("an operator that was not resolved"))?;
        let args = self.args(args);
        let values = self.held_expressions(&[lhs, rhs])?;
        self.code.release_all(&values);
        self.at_expression(e);
        self.code.call_function(method, args, values, to)
    }

    pub(super) fn unary_into(
        &mut self,
        e: ExprId,
        inner: ExprId,
        op: UnaryOp,
        to: Place,
    ) -> Result<()> {
        let ty = self.ty(inner);
        if let (UnaryOp::Neg, Some(literal)) = (op, self.literal(inner))
            && let Some(constant) = self.code.negative_literal(literal, ty)?
        {
            let scalar = self.scalar(ty)?;
            self.build.set(scalar, to, Value::Use(constant));
            return Ok(());
        }
        let builtin = match op {
            UnaryOp::Not => matches!(ty.kind(), TyKind::Bool | TyKind::Int(_) | TyKind::Uint(_)),
            _ => matches!(ty.kind(), TyKind::Int(_) | TyKind::Float(_)),
        };
        if !builtin {
            if self.never(ty) {
                let nowhere = self.temporary(ty)?;
                return self.into(inner, nowhere);
            }
            let (method, args) = self
                .infer
                .method_resolution(e)
                .ok_or_else(|| self.unsupported("an operator that was not resolved"))?;
            let args = self.args(args);
            let values = self.held_expressions(&[inner])?;
            self.code.release_all(&values);
            self.at_expression(e);
            return self.code.call_function(method, args, values, to);
        }
        let value = self.operand_of(inner)?;
        self.at_expression(e);
        let scalar = self.scalar(ty)?;
        let value = match (op, ty.kind()) {
            (UnaryOp::Not, TyKind::Bool) => self.build.not(value),
            (UnaryOp::Not, _) => self.build.unary(Unary::Not, scalar, value),
            _ => self.code.negate(ty, value)?,
        };
        self.build.set(scalar, to, Value::Use(value));
        Ok(())
    }
}

impl<'db> Code<'_, 'db> {
    pub(super) fn is_builtin_arithmetic(&self, op: ArithOp, a: Ty<'db>, b: Ty<'db>) -> bool {
        let number = |ty: Ty<'db>| matches!(ty.kind(), TyKind::Int(_) | TyKind::Uint(_));
        match op {
            ArithOp::Shl | ArithOp::Shr => number(a) && number(b),
            ArithOp::BitAnd | ArithOp::BitOr | ArithOp::BitXor => {
                a == b && (number(a) || matches!(a.kind(), TyKind::Bool))
            }
            _ => a == b && (number(a) || is_float(a)),
        }
    }

    pub(super) fn is_builtin_comparison(&self, a: Ty<'db>, b: Ty<'db>) -> bool {
        let plain = match a.kind() {
            TyKind::Bool | TyKind::Char | TyKind::Int(_) | TyKind::Uint(_) | TyKind::Float(_) => {
                true
            }
            TyKind::RawPtr(..) | TyKind::FnPtr(..) => self.scalar(a) == Ok(Scalar::Pointer),
            _ => false,
        };
        plain && a == b
    }

    /// `a op b` on numbers.
    pub(super) fn arithmetic(
        &mut self,
        op: ArithOp,
        ty: Ty<'db>,
        a: Operand,
        right: Ty<'db>,
        b: Operand,
    ) -> Result<Operand> {
        let scalar = self.scalar(ty)?;
        let signed = is_signed(ty);
        if is_float(ty) {
            let op = match op {
                ArithOp::Add => Binary::Add,
                ArithOp::Sub => Binary::Subtract,
                ArithOp::Mul => Binary::Multiply,
                ArithOp::Div => Binary::DivideFloat,
                ArithOp::Rem => Binary::RemainderFloat,
                _ => return Err(self.unsupported("an operator on floats")),
            };
            return Ok(self.build.value(scalar, Value::Binary(op, a, b)));
        }
        let checked = match op {
            ArithOp::Add => Some((Binary::Add, "attempt to add with overflow")),
            ArithOp::Sub => Some((Binary::Subtract, "attempt to subtract with overflow")),
            ArithOp::Mul => Some((Binary::Multiply, "attempt to multiply with overflow")),
            _ => None,
        };
        if let Some((op, message)) = checked {
            if self.checks == Checks::Off {
                return Ok(self.build.value(scalar, Value::Binary(op, a, b)));
            }
            let (result, overflow) = self.with_overflow(op, ty, a, b)?;
            let fine = self.build.not(overflow);
            self.assert(fine, message);
            return Ok(result);
        }
        let op = match op {
            ArithOp::Div | ArithOp::Rem => return self.division(op, ty, a, b),
            ArithOp::Shl | ArithOp::Shr => return self.shift(op, ty, a, right, b),
            ArithOp::BitAnd => Binary::And,
            ArithOp::BitOr => Binary::Or,
            _ => Binary::Xor,
        };
        let _ = signed;
        Ok(self.build.value(scalar, Value::Binary(op, a, b)))
    }

    /// The wrapped result, and whether it was wrapped.
    pub(super) fn with_overflow(
        &mut self,
        op: Binary,
        ty: Ty<'db>,
        a: Operand,
        b: Operand,
    ) -> Result<(Operand, Operand)> {
        let scalar = self.scalar(ty)?;
        let to = self.build.temporary(layout_of(scalar));
        let overflow = self.build.temporary(BOOL);
        let (signed, values) = (is_signed(ty), (a, b));
        self.build.push(Statement::SetChecked { scalar, signed, to, overflow, op, values });
        Ok((Operand::Load(scalar, to), Operand::Load(Scalar::I8, overflow)))
    }

    fn division(&mut self, op: ArithOp, ty: Ty<'db>, a: Operand, b: Operand) -> Result<Operand> {
        let scalar = self.scalar(ty)?;
        let divides = op == ArithOp::Div;
        let zero = Operand::Constant(scalar, 0);
        let some = self.build.compare(Compare::NotEqual, scalar, b.clone(), zero);
        let by_zero = if divides {
            "attempt to divide by zero"
        } else {
            "attempt to calculate the remainder with a divisor of zero"
        };
        self.assert(some, by_zero);
        if is_signed(ty) {
            let minus_one = Operand::Constant(scalar, all_bits(scalar));
            let least = Operand::Constant(scalar, 1 << (size_of(scalar) * 8 - 1));
            let one = self.build.compare(Compare::NotEqual, scalar, b.clone(), minus_one);
            let other = self.build.compare(Compare::NotEqual, scalar, a.clone(), least);
            let fine = self.build.value(Scalar::I8, Value::Binary(Binary::Or, one, other));
            let overflow = if divides {
                "attempt to divide with overflow"
            } else {
                "attempt to calculate the remainder with overflow"
            };
            self.assert(fine, overflow);
        }
        let op = match (divides, is_signed(ty)) {
            (true, true) => Binary::DivideSigned,
            (true, false) => Binary::DivideUnsigned,
            (false, true) => Binary::RemainderSigned,
            (false, false) => Binary::RemainderUnsigned,
        };
        Ok(self.build.value(scalar, Value::Binary(op, a, b)))
    }

    fn shift(
        &mut self,
        op: ArithOp,
        ty: Ty<'db>,
        a: Operand,
        right: Ty<'db>,
        b: Operand,
    ) -> Result<Operand> {
        let (scalar, amount_scalar) = (self.scalar(ty)?, self.scalar(right)?);
        let bits = u128::from(size_of(scalar) * 8);
        let amount = if self.checks == Checks::On {
            // An amount that is negative is a large one without its sign. One byte holds every number of
            // bits, so no type is too small for the limit.
            let limit = Operand::Constant(amount_scalar, bits);
            let fine = self.build.compare(Compare::LessUnsigned, amount_scalar, b.clone(), limit);
            let message = if op == ArithOp::Shl {
                "attempt to shift left with overflow"
            } else {
                "attempt to shift right with overflow"
            };
            self.assert(fine, message);
            b
        } else {
            let mask = Operand::Constant(amount_scalar, bits - 1);
            self.build.value(amount_scalar, Value::Binary(Binary::And, b, mask))
        };
        let op = match (op, is_signed(ty)) {
            (ArithOp::Shl, _) => Binary::ShiftLeft,
            (_, true) => Binary::ShiftRightSigned,
            (_, false) => Binary::ShiftRightUnsigned,
        };
        Ok(self.build.value(scalar, Value::Binary(op, a, amount)))
    }

    fn negate(&mut self, ty: Ty<'db>, value: Operand) -> Result<Operand> {
        let scalar = self.scalar(ty)?;
        if !is_float(ty) && self.checks == Checks::On {
            let least = Operand::Constant(scalar, 1 << (size_of(scalar) * 8 - 1));
            let fine = self.build.compare(Compare::NotEqual, scalar, value.clone(), least);
            self.assert(fine, "attempt to negate with overflow");
        }
        Ok(self.build.unary(Unary::Negate, scalar, value))
    }

    /// `a op b`, as `bool`.
    pub(super) fn comparison(
        &mut self,
        op: CmpOp,
        ty: Ty<'db>,
        a: Operand,
        b: Operand,
    ) -> Result<Operand> {
        let scalar = self.scalar(ty)?;
        let (compare, a, b) = match op {
            CmpOp::Eq { negated: false } => (Compare::Equal, a, b),
            CmpOp::Eq { negated: true } => (Compare::NotEqual, a, b),
            CmpOp::Ord { ordering, strict } => {
                let (a, b) = match ordering {
                    Ordering::Less => (a, b),
                    Ordering::Greater => (b, a),
                };
                (less(ty, strict), a, b)
            }
        };
        Ok(self.build.compare(compare, scalar, a, b))
    }

    /// The same of pointers that say more than an address: that decides where addresses are equal.
    fn compare_fat(&mut self, op: CmpOp, ty: Ty<'db>, a: Place, b: Place) -> Result<Operand> {
        let Pass::Two(Scalar::Pointer, second, offset) = self.layout(ty)?.pass else {
            return Err(self.unsupported("comparing pointers of this kind"));
        };
        let one = |place| Operand::Load(Scalar::Pointer, place);
        let two = |place| Operand::Load(second, super::build::at(place, offset));
        let same = self.build.compare(Compare::Equal, Scalar::Pointer, one(a), one(b));
        match op {
            CmpOp::Eq { negated } => {
                let rest = self.build.compare(Compare::Equal, second, two(a), two(b));
                let both = self.build.value(Scalar::I8, Value::Binary(Binary::And, same, rest));
                Ok(if negated { self.build.not(both) } else { both })
            }
            CmpOp::Ord { ordering, strict } => {
                let (a, b) = if ordering == Ordering::Less { (a, b) } else { (b, a) };
                let less =
                    self.build.compare(Compare::LessUnsigned, Scalar::Pointer, one(a), one(b));
                let how = if strict { Compare::LessUnsigned } else { Compare::LessOrEqualUnsigned };
                let rest = self.build.compare(how, second, two(a), two(b));
                Ok(self.build.value(Scalar::I8, Value::Select(same, rest, less)))
            }
        }
    }

    /// The value of a literal with a minus before it.
    pub(super) fn negative_literal(
        &mut self,
        literal: &Literal,
        ty: Ty<'db>,
    ) -> Result<Option<Operand>> {
        if !matches!(ty.kind(), TyKind::Int(_) | TyKind::Float(_)) {
            return Ok(None);
        }
        let Some(Operand::Constant(scalar, bits)) = self.literal_scalar(literal, ty)? else {
            return Ok(None);
        };
        let bits = if is_float(ty) {
            bits ^ (1 << (size_of(scalar) * 8 - 1))
        } else {
            bits.wrapping_neg() & all_bits(scalar)
        };
        Ok(Some(Operand::Constant(scalar, bits)))
    }

    /// An integer or pointer as another integer.
    pub(super) fn resize(&mut self, from: Ty<'db>, to: Scalar, value: Operand) -> Result<Operand> {
        let cast = if is_signed(from) { Cast::Signed } else { Cast::Unsigned };
        let scalar = self.scalar(from)?;
        Ok(self.build.cast(cast, scalar, to, value))
    }
}

/// `<`, or `<=` where it is not strict, on values of a type.
pub(super) fn less(ty: Ty<'_>, strict: bool) -> Compare {
    match (is_float(ty), is_signed(ty), strict) {
        (true, _, true) => Compare::LessFloat,
        (true, _, false) => Compare::LessOrEqualFloat,
        (_, true, true) => Compare::LessSigned,
        (_, true, false) => Compare::LessOrEqualSigned,
        (_, false, true) => Compare::LessUnsigned,
        (_, false, false) => Compare::LessOrEqualUnsigned,
    }
}

/// A scalar of ones.
pub(super) fn all_bits(scalar: Scalar) -> u128 {
    u128::MAX >> (128 - size_of(scalar) * 8)
}
