//! What can be seen of an expression to be constant, as bytes: literals, constants, what is made of them, and arithmetic on
//! them. So far and no further do references to expressions become data (`constant`).

use ra_ap_hir_def::hir::{
    ArithOp, Array, BinaryOp, CmpOp, Expr, ExprId, Ordering, RecordSpread, UnaryOp,
};
use ra_ap_hir_def::item_tree::FieldsShape;
use ra_ap_hir_def::resolver::ValueNs;
use ra_ap_hir_def::{CallableDefId, EnumVariantId, VariantId};
use ra_ap_hir_ty::method_resolution::CandidateId;
use ra_ap_hir_ty::next_solver::{GenericArgs, Ty, TyKind};
use ra_ap_hir_ty::{Adjust, Adjustment, PointerCast};
use ra_ap_rustc_type_ir::inherent::IntoKind;

use super::super::mir::size_of;
use super::super::mir::{Address, Operand};
use super::body::Body;
use super::types::{is_float, is_signed};

/// A value that is known: its bytes, and the addresses among them.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) bytes: Vec<u8>,
    pub(super) addresses: Vec<(u64, Address, i64)>,
}

impl Known {
    fn zeroed(size: u64) -> Known {
        Known { bytes: vec![0; usize::try_from(size).unwrap_or(0)], addresses: Vec::new() }
    }

    fn put(&mut self, offset: u64, value: &Known) -> Option<()> {
        let start = usize::try_from(offset).ok()?;
        self.bytes.get_mut(start..start + value.bytes.len())?.copy_from_slice(&value.bytes);
        let moved =
            value.addresses.iter().map(|(at, to, addend)| (offset + at, to.clone(), *addend));
        self.addresses.extend(moved);
        Some(())
    }

    pub(super) fn pointer(operand: &Operand, length: Option<u64>) -> Option<Known> {
        let Operand::Address(address, addend) = operand else { return None };
        let mut bytes = vec![0; 8];
        bytes.extend(length.into_iter().flat_map(u64::to_le_bytes));
        Some(Known { bytes, addresses: vec![(0, address.clone(), *addend)] })
    }
}

impl<'db> Body<'_, 'db> {
    /// Whether an expression computes something of constants alone.
    pub(super) fn computes_constants(&self, e: ExprId) -> bool {
        match &self.store[e] {
            Expr::Literal(_) => true,
            Expr::Path(_) => match self.infer.assoc_resolutions_for_expr(e) {
                Some((item, _)) => matches!(item, CandidateId::ConstId(_)),
                None => matches!(
                    self.value_of_path(e),
                    Some(
                        ValueNs::ConstId(_) | ValueNs::EnumVariantId(_) | ValueNs::GenericParam(_)
                    )
                ),
            },
            // What a trait's operator gives is a temporary value, of constants too.
            Expr::UnaryOp { expr, op: UnaryOp::Neg | UnaryOp::Not } => {
                is_number(self.raw_ty(*expr)) && self.computes_constants(*expr)
            }
            Expr::BinaryOp { lhs, rhs, .. } => [*lhs, *rhs]
                .iter()
                .all(|e| is_number(self.raw_ty(*e)) && self.computes_constants(*e)),
            Expr::Cast { expr, .. } => self.computes_constants(*expr),
            Expr::Tuple { exprs } | Expr::Array(Array::ElementList { elements: exprs }) => {
                exprs.iter().all(|e| self.computes_constants(*e))
            }
            Expr::Array(Array::Repeat { initializer, .. }) => self.computes_constants(*initializer),
            Expr::RecordLit { fields, spread: RecordSpread::None, .. } => {
                fields.iter().all(|field| self.computes_constants(field.expr))
            }
            Expr::Call { callee, args } => {
                let constructs = match self.ty(*callee).kind() {
                    TyKind::FnDef(callee, _) => !matches!(callee.0, CallableDefId::FunctionId(_)),
                    _ => false,
                };
                constructs && args.iter().all(|e| self.computes_constants(*e))
            }
            _ => false,
        }
    }

    pub(super) fn known_adjusted(
        &mut self,
        e: ExprId,
        adjustments: &'db [Adjustment],
    ) -> Option<Known> {
        match adjustments {
            [] => self.known(e),
            // A reborrow.
            [rest @ .., deref, borrow]
                if matches!(deref.kind, Adjust::Deref(None))
                    && matches!(borrow.kind, Adjust::Borrow(_)) =>
            {
                self.known_adjusted(e, rest)
            }
            [rest @ .., last] => match last.kind {
                Adjust::Borrow(_) => {
                    let address = self.promoted(e, rest).ok()??;
                    Known::pointer(&address, None)
                }
                Adjust::Pointer(PointerCast::Unsize) => {
                    let from = match rest.last() {
                        Some(before) => self.types.of(before.target.as_ref()),
                        None => self.raw_ty(e),
                    };
                    let mut known = self.known_adjusted(e, rest)?;
                    let TyKind::Ref(_, target, _) = from.kind() else { return None };
                    let TyKind::Array(_, count) = target.kind() else { return None };
                    let count = ra_ap_hir_ty::consteval::try_const_usize(self.db, count)?;
                    known.bytes.extend(u64::try_from(count).ok()?.to_le_bytes());
                    Some(known)
                }
                _ => None,
            },
        }
    }

    /// What an operator gives of what is known.
    fn known_operation(&mut self, e: ExprId, ty: Ty<'db>, size: u64) -> Option<Known> {
        let store = self.store;
        match &store[e] {
            Expr::UnaryOp { expr, op: UnaryOp::Neg } => {
                if let Some(literal) = self.literal(*expr) {
                    let constant = self.code.negative_literal(literal, ty).ok()??;
                    return Some(known_scalar(&constant));
                }
                if is_float(ty) {
                    return self.known_float(*expr).and_then(|value| float(-value, size));
                }
                let zero = Number { bits: 0, signed: true, width: width(ty, size)? };
                let value = self.known_number(*expr)?;
                zero.with(ArithOp::Sub, value.signed.then_some(value)?).map(Number::known)
            }
            Expr::UnaryOp { expr, op: UnaryOp::Not } => {
                let value = self.known_number(*expr)?;
                let mask = if ty.is_bool() { 1 } else { value.mask() };
                Some(Number { bits: !value.bits & mask, ..value }.known())
            }
            Expr::BinaryOp { lhs, rhs, op: Some(BinaryOp::ArithOp(op)) } => {
                if is_float(ty) {
                    let (left, right) = (self.known_float(*lhs)?, self.known_float(*rhs)?);
                    return float(float_arithmetic(*op, left, right)?, size);
                }
                let (left, right) = (self.known_number(*lhs)?, self.known_number(*rhs)?);
                left.with(*op, right).map(Number::known)
            }
            Expr::BinaryOp { lhs, rhs, op: Some(BinaryOp::CmpOp(op)) } => {
                let holds = if is_float(self.raw_ty(*lhs)) {
                    compares(*op, self.known_float(*lhs)?, self.known_float(*rhs)?)
                } else {
                    let (left, right) = (self.known_number(*lhs)?, self.known_number(*rhs)?);
                    match left.signed {
                        true => compares(*op, left.extended(), right.extended()),
                        false => compares(*op, left.bits, right.bits),
                    }
                };
                Some(Known { bytes: vec![u8::from(holds)], addresses: Vec::new() })
            }
            Expr::Cast { expr, .. } => {
                let to = Number { bits: 0, signed: is_signed(ty), width: width(ty, size)? };
                let value = match self.value_of_path(*expr) {
                    Some(ValueNs::EnumVariantId(id)) => self.code.discriminant_of(id).ok()?,
                    _ => self.known_number(*expr)?.extended(),
                };
                Some(Number { bits: value.cast_unsigned() & to.mask(), ..to }.known())
            }
            _ => None,
        }
    }

    /// The float that an expression is known to be.
    fn known_float(&mut self, e: ExprId) -> Option<f64> {
        if !is_float(self.raw_ty(e)) {
            return None;
        }
        let bytes = self.known(e)?.bytes;
        match bytes.len() {
            4 => bytes.try_into().ok().map(f32::from_le_bytes).map(f64::from),
            _ => bytes.try_into().ok().map(f64::from_le_bytes),
        }
    }

    /// The integer, character or truth that an expression is known to be.
    fn known_number(&mut self, e: ExprId) -> Option<Number> {
        let ty = self.raw_ty(e);
        let width = width(ty, self.types.layout(ty).ok()?.size.bytes())?;
        let known = self.known(e).filter(|known| known.addresses.is_empty())?;
        let mut bits = [0; 16];
        bits.get_mut(..known.bytes.len())?.copy_from_slice(&known.bytes);
        Some(Number { bits: u128::from_le_bytes(bits), signed: is_signed(ty), width })
    }

    pub(super) fn known_used(&mut self, e: ExprId) -> Option<Known> {
        self.known_adjusted(e, self.adjustments(e))
    }

    /// The value of an expression, where it is constant.
    pub(super) fn known(&mut self, e: ExprId) -> Option<Known> {
        let ty = self.raw_ty(e);
        let size = self.types.layout(ty).ok()?.size.bytes();
        let store = self.store;
        match &store[e] {
            Expr::Literal(_) => {
                let literal = self.literal(e)?;
                self.code.known_literal(literal, ty)
            }
            Expr::UnaryOp { .. } | Expr::BinaryOp { .. } | Expr::Cast { .. } => {
                self.known_operation(e, ty, size)
            }
            Expr::Path(_) => self.known_path(e, ty),
            Expr::Ref { expr, mutability, .. } if !mutability.is_mut() => {
                let address = self.promoted(*expr, self.adjustments(*expr)).ok()??;
                Known::pointer(&address, None)
            }
            Expr::Array(Array::ElementList { elements }) => {
                let mut known = Known::zeroed(size);
                let each = size.checked_div(elements.len() as u64).unwrap_or(0);
                for (index, element) in elements.iter().enumerate() {
                    let value = self.known_used(*element)?;
                    known.put(index as u64 * each, &value)?;
                }
                Some(known)
            }
            Expr::Array(Array::Repeat { initializer, .. }) if size <= 1 << 16 => {
                let value = self.known_used(*initializer)?;
                let mut known = Known::zeroed(size);
                let each = value.bytes.len() as u64;
                let count = size.checked_div(each).unwrap_or(0);
                (0..count).try_for_each(|index| known.put(index * each, &value))?;
                Some(known)
            }
            Expr::Tuple { exprs } => self.known_fields(ty, None, exprs, size),
            Expr::Call { callee, args } => {
                let TyKind::FnDef(callee, _) = self.ty(*callee).kind() else { return None };
                match callee.0 {
                    CallableDefId::StructId(id) => {
                        self.known_fields(ty, Some(id.into()), args, size)
                    }
                    CallableDefId::EnumVariantId(id) => {
                        self.known_fields(ty, Some(id.into()), args, size)
                    }
                    CallableDefId::FunctionId(_) => None,
                }
            }
            Expr::RecordLit { fields, spread: RecordSpread::None, .. } => {
                let variant = self.infer.variant_resolution_for_expr(e)?;
                if matches!(variant, VariantId::UnionId(_)) {
                    return None;
                }
                let all = variant.fields(self.db).fields();
                let mut values = vec![None; all.len()];
                for field in fields {
                    let index = all.iter().position(|(_, it)| it.name == field.name)?;
                    values[index] = Some(field.expr);
                }
                let values: Option<Vec<ExprId>> = values.into_iter().collect();
                self.known_fields(ty, Some(variant), &values?, size)
            }
            _ => None,
        }
    }

    fn known_fields(
        &mut self,
        ty: Ty<'db>,
        variant: Option<VariantId>,
        values: &[ExprId],
        size: u64,
    ) -> Option<Known> {
        let mut known = Known::zeroed(size);
        for (index, value) in values.iter().enumerate() {
            let value = self.known_used(*value)?;
            let offset = match variant {
                Some(variant) => self.code.field_offset(ty, variant, index).ok()?,
                None => self.types.offset(ty, index).ok()?,
            };
            known.put(offset, &value)?;
        }
        if let Some(VariantId::EnumVariantId(variant)) = variant {
            self.known_tag(ty, variant, &mut known)?;
        }
        Some(known)
    }

    /// Writes what tells a variant.
    fn known_tag(&mut self, ty: Ty<'db>, variant: EnumVariantId, known: &mut Known) -> Option<()> {
        if let Some((place, tag)) = self.code.tag_of(ty, variant).ok()? {
            known.put(place, &known_scalar(&tag))?;
        }
        Some(())
    }

    fn known_path(&mut self, e: ExprId, ty: Ty<'db>) -> Option<Known> {
        if let Some((item, args)) = self.infer.assoc_resolutions_for_expr(e) {
            let CandidateId::ConstId(id) = item else { return Some(Known::zeroed(0)) };
            let args = self.args(args);
            return self.code.known_constant(id, args);
        }
        match self.value_of_path(e)? {
            ValueNs::ConstId(id) => {
                self.code.known_constant(id, GenericArgs::empty(self.types.interner))
            }
            ValueNs::EnumVariantId(id) if id.fields(self.db).shape == FieldsShape::Unit => {
                let mut known = Known::zeroed(self.types.layout(ty).ok()?.size.bytes());
                self.known_tag(ty, id, &mut known)?;
                Some(known)
            }
            ValueNs::EnumVariantId(_) | ValueNs::StructId(_) | ValueNs::FunctionId(_) => {
                Some(Known::zeroed(0))
            }
            _ => None,
        }
    }
}

pub(super) fn known_scalar(operand: &Operand) -> Known {
    let Operand::Constant(scalar, bits) = operand else { return Known::zeroed(0) };
    let size = usize::try_from(size_of(*scalar)).unwrap_or(0);
    Known { bytes: bits.to_le_bytes()[..size].to_vec(), addresses: Vec::new() }
}

/// An integer of so many bits.
#[derive(Clone, Copy, Debug)]
struct Number {
    bits: u128,
    signed: bool,
    width: u32,
}

/// The bits of an integer, character or truth of this type and size.
fn width(ty: Ty<'_>, size: u64) -> Option<u32> {
    let is_integer = is_number(ty) && !is_float(ty);
    is_integer.then(|| u32::try_from(size * 8).ok()).flatten()
}

/// Whether operators on this type are the language's own.
fn is_number(ty: Ty<'_>) -> bool {
    let kind = ty.kind();
    matches!(kind, TyKind::Int(_) | TyKind::Uint(_) | TyKind::Bool | TyKind::Char) || is_float(ty)
}

fn compares<T: PartialOrd>(op: CmpOp, a: T, b: T) -> bool {
    match op {
        CmpOp::Eq { negated } => (a == b) != negated,
        CmpOp::Ord { ordering: Ordering::Less, strict: true } => a < b,
        CmpOp::Ord { ordering: Ordering::Less, strict: false } => a <= b,
        CmpOp::Ord { ordering: Ordering::Greater, strict: true } => a > b,
        CmpOp::Ord { ordering: Ordering::Greater, strict: false } => a >= b,
    }
}

/// Of single floats it is exact, or more exact than they are: it is rounded once to what it would have been.
fn float_arithmetic(op: ArithOp, a: f64, b: f64) -> Option<f64> {
    match op {
        ArithOp::Add => Some(a + b),
        ArithOp::Sub => Some(a - b),
        ArithOp::Mul => Some(a * b),
        ArithOp::Div => Some(a / b),
        ArithOp::Rem => Some(a % b),
        _ => None,
    }
}

/// A float of this size. Which of the values it is that are no number, the processor says.
fn float(value: f64, size: u64) -> Option<Known> {
    let bytes = match size {
        _ if value.is_nan() => return None,
        4 => (value as f32).to_le_bytes().to_vec(),
        8 => value.to_le_bytes().to_vec(),
        _ => return None,
    };
    Some(Known { bytes, addresses: Vec::new() })
}

impl Number {
    fn mask(self) -> u128 {
        u128::MAX >> (128 - self.width)
    }

    /// The value, where that is no more than `i128` has.
    fn extended(self) -> i128 {
        let unused = 128 - self.width;
        match self.signed {
            true => (self.bits << unused).cast_signed() >> unused,
            false => self.bits.cast_signed(),
        }
    }

    /// `self op other`, unless that panics or overflows. Values beyond `i128` are not computed with.
    fn with(self, op: ArithOp, other: Number) -> Option<Number> {
        let (a, b) = (self.extended(), other.extended());
        if (!self.signed && a < 0) || (!other.signed && b < 0) {
            return None;
        }
        let amount = || u32::try_from(b).ok().filter(|amount| *amount < self.width);
        let value = match op {
            ArithOp::Add => a.checked_add(b)?,
            ArithOp::Sub => a.checked_sub(b)?,
            ArithOp::Mul => a.checked_mul(b)?,
            ArithOp::Div => a.checked_div(b)?,
            // It overflows where the quotient does.
            ArithOp::Rem => self.with(ArithOp::Div, other).and_then(|_| a.checked_rem(b))?,
            ArithOp::BitAnd => a & b,
            ArithOp::BitOr => a | b,
            ArithOp::BitXor => a ^ b,
            ArithOp::Shr => a >> amount()?,
            ArithOp::Shl => {
                let bits = self.bits << amount()? & self.mask();
                return Some(Number { bits, ..self });
            }
        };
        let result = Number { bits: value.cast_unsigned() & self.mask(), ..self };
        (result.extended() == value && (self.signed || value >= 0)).then_some(result)
    }

    fn known(self) -> Known {
        let size = usize::try_from(self.width / 8).unwrap_or(0);
        Known { bytes: self.bits.to_le_bytes()[..size].to_vec(), addresses: Vec::new() }
    }
}
