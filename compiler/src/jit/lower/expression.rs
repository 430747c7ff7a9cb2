//! Expressions whose value goes into a place.

use ra_ap_hir_def::hir::{
    ArithOp, Array, BinaryOp, ClosureKind, Expr, ExprId, LogicOp, RecordSpread, UnaryOp,
};
use ra_ap_hir_def::resolver::ValueNs;
use ra_ap_hir_def::{AdtId, VariantId};
use ra_ap_hir_ty::Adjust;
use ra_ap_hir_ty::closure_analysis::{PlaceBase, ProjectionKind, UpvarCapture};
use ra_ap_hir_ty::next_solver::{Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::IntoKind;

use super::super::mir::{Compare, End, Operand, Pass, Place, Scalar, Statement, Value};
use super::Result;
use super::body::Body;
use super::build::{USIZE, at};
use super::code::{Held, HeldValue, Spot};
use super::drops::What;

/// Arrays of at most so many equal elements are written element by element: they may live in registers.
const FEW: u128 = 4;

impl<'db> Body<'_, 'db> {
    /// Evaluates an expression, before it is adjusted, into a place that nobody else looks at.
    pub(super) fn raw_into(&mut self, e: ExprId, to: Place) -> Result<()> {
        self.at_expression(e);
        let store = self.store;
        match &store[e] {
            Expr::Missing => Err(self.unsupported("an expression that is missing")),
            Expr::Path(_) => self.path_into(e, to),
            Expr::If { condition, then_branch, else_branch } => {
                self.if_else(*condition, *then_branch, *else_branch, to)
            }
            Expr::Let { .. } => self.condition_value(e, to),
            Expr::Block { statements, tail, label, .. } => match label {
                Some(label) => self.labelled(*label, statements, *tail, to),
                None => self.block(statements, *tail, to),
            },
            Expr::Unsafe { statements, tail, .. } => self.block(statements, *tail, to),
            Expr::Const(inner) => self.into(*inner, to),
            Expr::Loop { body, label, .. } => self.endless(*body, *label, to),
            Expr::Call { callee, args } => self.call_expression(e, *callee, args, to),
            Expr::MethodCall { receiver, args, .. } => self.method_call(e, *receiver, args, to),
            Expr::Match { expr, arms } => self.match_arms(*expr, arms, to),
            Expr::Continue { label } => self.continue_in(*label),
            Expr::Break { expr, label } => self.break_from(*label, *expr),
            Expr::Return { expr } => self.return_from(*expr),
            Expr::RecordLit { fields, spread, .. } => {
                let fields: Vec<_> = fields.iter().map(|it| (&it.name, it.expr)).collect();
                self.record(e, &fields, *spread, to)
            }
            Expr::Cast { expr, .. } => self.cast_into(e, *expr, to),
            Expr::Ref { expr, .. } if self.formatted.contains(&e) => {
                let place = self.place_of(*expr)?;
                self.code.point_to(&place, to)
            }
            Expr::Ref { expr, mutability, .. } => {
                self.reference_into(*expr, mutability.is_mut(), to)
            }
            Expr::Field { .. } | Expr::Index { .. } | Expr::UnaryOp { op: UnaryOp::Deref, .. } => {
                let place = self.adjusted_place(e, &[])?;
                self.take(&place, to)
            }
            Expr::UnaryOp { expr, op } => self.unary_into(e, *expr, *op, to),
            Expr::BinaryOp { lhs, rhs, op: Some(op) } => self.binary_into(e, *lhs, *rhs, *op, to),
            Expr::Assignment { target, value } => self.assignment(*target, *value),
            Expr::Range { lhs, rhs, .. } => self.range(e, *lhs, *rhs, to),
            Expr::Closure { closure_kind: ClosureKind::Closure, .. } => self.closure_into(e, to),
            Expr::Tuple { exprs } => {
                let ty = self.raw_ty(e);
                let spot = self.code.spot(to, ty);
                self.fields_into(&spot, None, exprs)
            }
            Expr::Array(array) => self.array_into(e, array, to),
            Expr::Literal(literal) => {
                let literal = self.literal(e).unwrap_or(literal);
                let ty = self.raw_ty(e);
                self.code.literal_into(literal, ty, to)
            }
            Expr::Underscore => Ok(()),
            other => Err(self.unsupported(unsupported_expression(other))),
        }
    }

    /// Whether an expression, as it is used, is a place that exists already.
    pub(super) fn is_place(&self, e: ExprId) -> bool {
        match self.adjustments(e).last() {
            Some(last) => matches!(last.kind, Adjust::Deref(_)),
            None => match &self.store[e] {
                Expr::Path(_) => matches!(
                    self.value_of_path(e),
                    Some(ValueNs::LocalBinding(_) | ValueNs::StaticId(_))
                ),
                Expr::Field { .. }
                | Expr::Index { .. }
                | Expr::UnaryOp { op: UnaryOp::Deref, .. } => true,
                _ => false,
            },
        }
    }

    /// The scalar value of an expression, to be used before anything else happens.
    pub(super) fn operand_of(&mut self, e: ExprId) -> Result<Operand> {
        let ty = self.ty(e);
        if self.adjustments(e).is_empty()
            && let Some(literal) = self.literal(e)
            && let Some(constant) = self.code.literal_scalar(literal, ty)?
        {
            return Ok(constant);
        }
        let scalar = match self.layout(ty)?.pass {
            Pass::One(scalar) => scalar,
            Pass::Nothing if self.never(ty) => {
                let nowhere = self.temporary(ty)?;
                self.into(e, nowhere)?;
                return Ok(Operand::Constant(Scalar::I8, 0));
            }
            _ => return Err(self.unsupported("a value that is no number")),
        };
        if self.is_place(e) {
            let place = self.place_of(e)?;
            return Ok(Operand::Load(scalar, self.code.place(&place)?));
        }
        let place = self.temporary(ty)?;
        self.into(e, place)?;
        Ok(Operand::Load(scalar, place))
    }

    /// The scalar value of an expression, after which `later` is evaluated.
    pub(super) fn operand_before(&mut self, e: ExprId, later: ExprId) -> Result<Operand> {
        let operand = self.operand_of(e)?;
        match operand {
            Operand::Load(scalar, _) if self.is_place(e) && !self.is_trivial(later) => {
                Ok(self.build.value(scalar, Value::Use(operand)))
            }
            _ => Ok(operand),
        }
    }

    /// Whether an expression changes nothing.
    fn is_trivial(&self, e: ExprId) -> bool {
        self.adjustments(e).is_empty()
            && match &self.store[e] {
                Expr::Literal(_) => true,
                Expr::Path(_) => matches!(self.value_of_path(e), Some(ValueNs::LocalBinding(_))),
                Expr::Field { expr, .. } => self.is_trivial(*expr),
                _ => false,
            }
    }

    /// The value of an expression in memory or a register of its own, or of nobody if it is the last. What needs
    /// dropping is dropped unless it is released.
    pub(super) fn held_expression(&mut self, e: ExprId, last: bool) -> Result<Held<'db>> {
        let ty = self.ty(e);
        if self.types.needs_drop(ty) {
            let place = self.temporary(ty)?;
            self.into(e, place)?;
            self.code.guard(place, ty);
            return Ok(Held { ty, value: HeldValue::Memory(place) });
        }
        if let Pass::One(scalar) = self.layout(ty)?.pass {
            let operand = self.operand_of(e)?;
            let operand = match operand {
                Operand::Load(..) if !last && self.is_place(e) => {
                    self.build.value(scalar, Value::Use(operand))
                }
                operand => operand,
            };
            return self.held_scalar(ty, operand);
        }
        let place = self.temporary(ty)?;
        self.into(e, place)?;
        self.held(place, ty)
    }

    /// The values of several expressions, one after the other.
    pub(super) fn held_expressions(&mut self, all: &[ExprId]) -> Result<Vec<Held<'db>>> {
        let mut held = Vec::new();
        for (index, e) in all.iter().enumerate() {
            let trivial = all[index + 1..].iter().all(|later| self.is_trivial(*later));
            held.push(self.held_expression(*e, trivial)?);
        }
        Ok(held)
    }

    fn reference_into(&mut self, e: ExprId, mutable: bool, to: Place) -> Result<()> {
        if let Some(address) =
            if mutable { self.promoted_empty(e)? } else { self.promoted(e, self.adjustments(e))? }
        {
            self.build.set(Scalar::Pointer, to, Value::Use(address));
            return Ok(());
        }
        let place = self.place_of(e)?;
        self.code.point_to(&place, to)
    }

    /// Values of fields, in order, into a struct, tuple or variant.
    pub(super) fn fields_into(
        &mut self,
        spot: &Spot<'db>,
        variant: Option<VariantId>,
        values: &[ExprId],
    ) -> Result<()> {
        let mut made = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let field = self.code.field_place(spot, index, variant)?;
            let place = self.code.place(&field)?;
            self.into(*value, place)?;
            self.code.guard(place, field.ty);
            made.push((place, field.ty));
        }
        if let Some(VariantId::EnumVariantId(variant)) = variant {
            let place = self.code.place(spot)?;
            self.code.set_variant(place, spot.ty, variant)?;
        }
        made.into_iter().for_each(|(place, ty)| self.code.release(place, ty));
        Ok(())
    }

    fn record(
        &mut self,
        e: ExprId,
        fields: &[(&ra_ap_hir_expand::name::Name, ExprId)],
        spread: RecordSpread,
        to: Place,
    ) -> Result<()> {
        let ty = self.raw_ty(e);
        let variant = self
            .infer
            .variant_resolution_for_expr(e)
            .ok_or_else(|| self.unsupported("a struct that was not found"))?;
        let spot = self.code.spot(to, ty);
        let all = variant.fields(self.db);
        let (mut given, mut made) = (Vec::new(), Vec::new());
        for (name, value) in fields {
            let index = all
                .fields()
                .iter()
                .position(|(_, field)| field.name == **name)
                .ok_or_else(|| self.unsupported("a field that was not found"))?;
            given.push(index);
            let field = self.code.field_place(&spot, index, Some(variant))?;
            let place = self.code.place(&field)?;
            self.into(*value, place)?;
            self.code.guard(place, field.ty);
            made.push((place, field.ty));
        }
        match spread {
            RecordSpread::None => {}
            RecordSpread::FieldDefaults => {
                return Err(self.unsupported("default values of fields"));
            }
            RecordSpread::Expr(base) => {
                let base = self.place_of(base)?;
                for index in (0..all.fields().len()).filter(|index| !given.contains(index)) {
                    let from = self.field(&base, index, Some(variant))?;
                    let field = self.code.field_place(&spot, index, Some(variant))?;
                    let place = self.code.place(&field)?;
                    self.take(&from, place)?;
                }
            }
        }
        if let VariantId::EnumVariantId(variant) = variant {
            self.code.set_variant(to, ty, variant)?;
        }
        made.into_iter().for_each(|(place, ty)| self.code.release(place, ty));
        Ok(())
    }

    fn range(
        &mut self,
        e: ExprId,
        start: Option<ExprId>,
        end: Option<ExprId>,
        to: Place,
    ) -> Result<()> {
        let ty = self.raw_ty(e);
        let TyKind::Adt(definition, _) = ty.kind() else {
            return Err(self.unsupported("a range of no type"));
        };
        let AdtId::StructId(id) = definition.def_id() else {
            return Err(self.unsupported("a range of no struct"));
        };
        let spot = self.code.spot(to, ty);
        let variant = VariantId::from(id);
        for (index, (_, field)) in variant.fields(self.db).fields().iter().enumerate() {
            let place = self.code.field_place(&spot, index, Some(variant))?;
            let place = self.code.place(&place)?;
            match (field.name.as_str(), start, end) {
                ("start", Some(start), _) => self.into(start, place)?,
                ("end" | "last", _, Some(end)) => self.into(end, place)?,
                ("exhausted", ..) => {
                    let no = Value::Use(Operand::Constant(Scalar::I8, 0));
                    self.build.set(Scalar::I8, place, no);
                }
                _ => return Err(self.unsupported("a range of another form")),
            }
        }
        Ok(())
    }

    fn array_into(&mut self, e: ExprId, array: &Array, to: Place) -> Result<()> {
        let ty = self.raw_ty(e);
        if let Some(address) = self.constant_array(e, array)? {
            let from = self.build.behind(address);
            return self.copy(from, to, ty);
        }
        let spot = self.code.spot(to, ty);
        let (element, length) = self.code.elements(&spot)?;
        let size = self.layout(element)?.size;
        match array {
            Array::ElementList { elements } => {
                let places = (0..elements.len() as u64).map(|index| at(to, index * size));
                let places: Vec<Place> = places.collect();
                for (value, place) in elements.iter().zip(&places) {
                    self.into(*value, *place)?;
                    self.code.guard(*place, element);
                }
                places.into_iter().for_each(|place| self.code.release(place, element));
                Ok(())
            }
            Array::Repeat { initializer, .. } => {
                let Operand::Constant(_, count) = length else {
                    return Err(self.unsupported("an array of unknown length"));
                };
                if count > FEW
                    && let Some(byte) = self.same_bytes(*initializer)
                {
                    self.code.fill(to, byte, size * count as u64);
                    return Ok(());
                }
                let value = self.temporary(element)?;
                self.into(*initializer, value)?;
                // Of what needs dropping there is one, or it is a constant, or there is none at all.
                if count == 0 {
                    self.code.emit_drop(&What::Value(value, element));
                }
                self.code.repeat(value, element, to, count)
            }
        }
    }

    fn closure_into(&mut self, e: ExprId, to: Place) -> Result<()> {
        let ty = self.raw_ty(e);
        let Some(data) = self.infer.closures_data.get(&e) else { return Ok(()) };
        for (index, capture) in data.min_captures.values().flatten().enumerate() {
            let binding = match capture.place.base {
                PlaceBase::Local(binding) | PlaceBase::Upvar { var_id: binding, .. } => binding,
                _ => return Err(self.unsupported("a closure that captures no variable")),
            };
            let mut place = self.variable(binding)?;
            for step in &capture.place.projections {
                place = match step.kind {
                    ProjectionKind::Deref => self.dereference(&place)?,
                    ProjectionKind::Field { field_idx, .. } => {
                        self.field(&place, field_idx as usize, None)?
                    }
                    _ => return Err(self.unsupported("a closure that captures an element")),
                };
            }
            let offset = self.types.offset(ty, index).map_err(|what| self.unsupported(what))?;
            let to = at(to, offset);
            match capture.info.capture_kind {
                UpvarCapture::ByRef(_) => self.code.point_to(&place, to)?,
                UpvarCapture::ByValue => self.take(&place, to)?,
                UpvarCapture::ByUse => return Err(self.unsupported("`use` closures")),
            }
        }
        Ok(())
    }

    fn binary_into(
        &mut self,
        e: ExprId,
        lhs: ExprId,
        rhs: ExprId,
        op: BinaryOp,
        to: Place,
    ) -> Result<()> {
        match op {
            BinaryOp::LogicOp(LogicOp::And) => self.condition_value(e, to),
            BinaryOp::LogicOp(LogicOp::Or) => self.either(lhs, rhs, to),
            BinaryOp::CmpOp(_) | BinaryOp::ArithOp(_) => self.operator_into(e, lhs, rhs, op, to),
            BinaryOp::Assignment { op: Some(op) } => self.compound(e, lhs, rhs, op, to),
            BinaryOp::Assignment { op: None } => {
                Err(self.unsupported("an assignment of this form"))
            }
        }
    }

    fn compound(
        &mut self,
        e: ExprId,
        lhs: ExprId,
        rhs: ExprId,
        op: ArithOp,
        to: Place,
    ) -> Result<()> {
        let ty = self.raw_ty(lhs);
        let right = self.unreferenced_ty(rhs);
        if !self.code.is_builtin_arithmetic(op, ty, right) {
            return self.overloaded(e, lhs, rhs, to);
        }
        // The right side first, as of all that is built in.
        let value = self.operand_before_place(rhs)?;
        let place = self.unreferenced_place(lhs)?;
        let place = self.code.place(&place)?;
        self.at_expression(e);
        let scalar = self.scalar(ty)?;
        let old = Operand::Load(scalar, place);
        let new = self.code.arithmetic(op, ty, old, right, value)?;
        self.build.set(scalar, place, Value::Use(new));
        Ok(())
    }

    /// A scalar, after which a place is evaluated.
    fn operand_before_place(&mut self, e: ExprId) -> Result<Operand> {
        let operand = self.unreferenced_operand(e)?;
        match operand {
            Operand::Load(scalar, _) => Ok(self.build.value(scalar, Value::Use(operand))),
            operand => Ok(operand),
        }
    }

    pub(super) fn never(&self, ty: Ty<'db>) -> bool {
        matches!(ty.kind(), TyKind::Never)
    }
}

impl<'db> super::code::Code<'_, 'db> {
    /// Writes the same byte so many times.
    pub(super) fn fill(&mut self, to: Place, byte: u8, size: u64) {
        if size > 0 {
            let to = self.build.address_of(to);
            let value = Operand::Constant(Scalar::I8, byte.into());
            let size = Operand::Constant(Scalar::I64, size.into());
            self.build.push(Statement::Fill { to, value, size });
        }
    }

    /// Writes the same value so many times.
    pub(super) fn repeat(
        &mut self,
        value: Place,
        element: Ty<'db>,
        to: Place,
        count: u128,
    ) -> Result<()> {
        let layout = self.layout(element)?;
        if layout.pass == Pass::Nothing {
            return Ok(());
        }
        if count <= FEW {
            for index in 0..count as u64 {
                self.build.copy(value, at(to, index * layout.size), layout);
            }
            return Ok(());
        }
        let index = self.build.temporary(USIZE);
        let zero = Operand::Constant(Scalar::I64, 0);
        self.build.set(Scalar::I64, index, Value::Use(zero));
        let (head, end) = (self.build.block(), self.build.block());
        self.build.goto(head);
        self.build.start(head);
        let current = Operand::Load(Scalar::I64, index);
        let count = Operand::Constant(Scalar::I64, count);
        let more = self.build.compare(Compare::LessUnsigned, Scalar::I64, current.clone(), count);
        self.build.check(more, end);
        let place = self.element_at(to, current.clone(), element)?;
        let place = self.place(&place)?;
        self.build.copy(value, place, layout);
        let one = Operand::Constant(Scalar::I64, 1);
        let next = Value::Binary(super::super::mir::Binary::Add, current, one);
        self.build.set(Scalar::I64, index, next);
        self.build.end(End::Goto(head));
        self.build.start(end);
        Ok(())
    }
}

fn unsupported_expression(e: &Expr) -> &'static str {
    match e {
        Expr::Become { .. } => "`become`",
        Expr::Yield { .. } => "`yield`",
        Expr::Yeet { .. } => "`do yeet`",
        Expr::Await { .. } => "`.await`",
        Expr::Box { .. } => "`box`",
        Expr::Closure { .. } => "`async` blocks and closures, and coroutines",
        Expr::OffsetOf(_) => "`offset_of!`",
        Expr::InlineAsm(_) => "`asm!`",
        Expr::IncludeBytes => "`include_bytes!`",
        _ => "an expression of this kind",
    }
}
