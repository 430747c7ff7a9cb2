//! Patterns, in two steps: whether one matches, and then what its names stand for.

use ra_ap_hir_def::VariantId;
use ra_ap_hir_def::hir::{BindingId, CmpOp, Expr, ExprId, Literal, Pat, PatId, RangeOp, UnaryOp};
use ra_ap_hir_def::resolver::ValueNs;
use ra_ap_hir_ty::next_solver::{Ty, TyKind};
use ra_ap_hir_ty::{BindingMode, ByRef};
use ra_ap_rustc_type_ir::inherent::IntoKind;

use super::super::mir::{
    Argument, Binary, BlockId, Compare, End, LocalId, Operand, Pass, Scalar, Value,
};
use super::Result;
use super::body::Body;
use super::build::here;
use super::code::{At, Spot};
use super::drops::Moved;
use super::enums::Truth;
use super::operator::less;

/// What comes of the fields that a pattern names.
#[derive(Clone, Copy)]
enum Step {
    /// Go there where they do not match.
    Test(BlockId),
    Bind(Claim),
    Assign,
}

/// Whether names that take a value take it away from where it was. Before a guard they do not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    Yes,
    Later,
}

impl<'db> Body<'_, 'db> {
    /// The local of a pattern that is just a name, by value.
    pub(super) fn plain_name(&mut self, pattern: PatId) -> Result<Option<LocalId>> {
        let Pat::Bind { id, subpat: None } = self.store[pattern] else { return Ok(None) };
        match self.infer.binding_mode(pattern) {
            Some(BindingMode(ByRef::No, _)) => self.binding(id).map(Some),
            _ => Ok(None),
        }
    }

    /// Goes to `otherwise` where the pattern does not match.
    pub(super) fn test(
        &mut self,
        pattern: PatId,
        spot: &Spot<'db>,
        otherwise: BlockId,
    ) -> Result<()> {
        self.step(pattern, spot, Step::Test(otherwise))
    }

    /// Gives the pattern's names their values. Whoever calls this schedules their drops.
    pub(super) fn bind(&mut self, pattern: PatId, spot: &Spot<'db>, claim: Claim) -> Result<()> {
        self.step(pattern, spot, Step::Bind(claim))
    }

    /// What a pattern's names took is dropped at the end of a scope.
    pub(super) fn schedule_names(
        &mut self,
        pattern: PatId,
        scope: Option<usize>,
        moved: Moved,
    ) -> Result<()> {
        let mut names = Vec::new();
        let store = self.store;
        store.walk_pats(pattern, &mut |inner| {
            if let Pat::Bind { id, .. } = store[inner]
                && let Some(BindingMode(ByRef::No, _)) | None = self.infer.binding_mode(inner)
                && !names.contains(&id)
            {
                names.push(id);
            }
        });
        for id in names {
            let ty = self.types.of(self.infer.binding_ty(id));
            let local = self.binding(id)?;
            self.code.schedule(local, ty, scope, moved)?;
        }
        Ok(())
    }

    /// `pattern = value`.
    pub(super) fn assignment(&mut self, pattern: PatId, value: ExprId) -> Result<()> {
        let ty = self.ty(value);
        // The value first; what it is assigned to may be part of it.
        let local = self.local(ty, None)?;
        self.into(value, here(local))?;
        self.code.schedule(local, ty, None, Moved::No)?;
        self.pattern_scope = Some(value);
        let spot = self.code.local_spot(local, ty);
        self.step(pattern, &spot, Step::Assign)
    }

    fn step(&mut self, pattern: PatId, spot: &Spot<'db>, step: Step) -> Result<()> {
        let mut spot = spot.clone();
        for adjustment in self.infer.pat_adjustment(pattern).unwrap_or(&[]) {
            if !matches!(adjustment.source.as_ref().kind(), TyKind::Ref(..)) {
                return Err(self.unsupported("patterns that look through `Deref`"));
            }
            spot = self.dereference(&spot)?;
        }
        if let Some(span) = self.source.span(pattern.into()) {
            self.build.span = span;
        }
        let store = self.store;
        match &store[pattern] {
            Pat::Wild | Pat::Rest => Ok(()),
            Pat::Missing | Pat::NotNull => Err(self.unsupported("a pattern that is missing")),
            Pat::Tuple { args, ellipsis } => {
                let count = match spot.ty.kind() {
                    TyKind::Tuple(fields) => fields.iter().count(),
                    _ => return Err(self.unsupported("a tuple pattern for what is no tuple")),
                };
                self.sequence(&spot, None, args, *ellipsis, count, step)
            }
            Pat::TupleStruct { args, ellipsis, .. } => {
                let variant = self.variant_test(pattern, &spot, step)?;
                let count = variant.fields(self.db).fields().len();
                self.sequence(&spot, Some(variant), args, *ellipsis, count, step)
            }
            Pat::Record { args, .. } => {
                let variant = self.variant_test(pattern, &spot, step)?;
                for field in args {
                    let all = variant.fields(self.db).fields();
                    let index = all.iter().position(|(_, it)| it.name == field.name);
                    let index = index.ok_or_else(|| self.unsupported("a field not found"))?;
                    let place = self.field(&spot, index, Some(variant))?;
                    self.step(field.pat, &place, step)?;
                }
                Ok(())
            }
            Pat::Path(_) => self.path_pattern(pattern, &spot, step),
            Pat::Or(alternatives) => self.alternatives(alternatives, &spot, step),
            Pat::Range { start, end, range_type } => {
                let Step::Test(otherwise) = step else { return Ok(()) };
                self.range_pattern(&spot, (*start, *end), *range_type, otherwise)
            }
            Pat::Slice { prefix, slice, suffix } => {
                self.slice_pattern(&spot, (prefix, *slice, suffix), step)
            }
            Pat::Lit(literal) => {
                let Step::Test(otherwise) = step else { return Ok(()) };
                self.literal_pattern(&spot, *literal, otherwise)
            }
            Pat::Bind { id, subpat } => {
                if let Some(inner) = subpat {
                    self.step(*inner, &spot, step)?;
                }
                match step {
                    Step::Test(_) => Ok(()),
                    Step::Bind(Claim::Later) => self.bind_name(pattern, *id, &spot, Claim::Later),
                    _ => self.bind_name(pattern, *id, &spot, Claim::Yes),
                }
            }
            Pat::Ref { pat, .. } => {
                // A `&` may answer to a reference that matching put there itself.
                if self.infer.is_skipped_ref_pat(pattern) {
                    return self.step(*pat, &spot, step);
                }
                let place = self.dereference(&spot)?;
                self.step(*pat, &place, step)
            }
            Pat::Expr(target) => {
                let to = self.place_of(*target)?;
                self.assign(&spot, &to)
            }
            Pat::Box { .. } | Pat::Deref { .. } => {
                Err(self.unsupported("`box` and `deref!` patterns"))
            }
            Pat::ConstBlock(_) => Err(self.unsupported("`const` blocks in patterns")),
        }
    }

    /// Moves a value into a place that has one.
    fn assign(&mut self, from: &Spot<'db>, to: &Spot<'db>) -> Result<()> {
        let place = self.code.place(from)?;
        self.code.moved(from)?;
        self.code.assign_value(place, to)
    }

    fn bind_name(
        &mut self,
        pattern: PatId,
        id: BindingId,
        spot: &Spot<'db>,
        claim: Claim,
    ) -> Result<()> {
        let local = self.binding(id)?;
        match self.infer.binding_mode(pattern) {
            Some(BindingMode(ByRef::Yes(_), _)) => self.code.point_to(spot, here(local)),
            _ if claim == Claim::Yes => self.take(spot, here(local)),
            _ => {
                let from = self.code.place(spot)?;
                self.copy(from, here(local), spot.ty)
            }
        }
    }

    /// The fields of a tuple or tuple struct, of which `..` leaves some out.
    fn sequence(
        &mut self,
        spot: &Spot<'db>,
        variant: Option<VariantId>,
        patterns: &[PatId],
        ellipsis: Option<u32>,
        count: usize,
        step: Step,
    ) -> Result<()> {
        let before = ellipsis.map_or(patterns.len(), |it| it as usize);
        for (index, pattern) in patterns.iter().enumerate() {
            let field = if index < before { index } else { count - (patterns.len() - index) };
            if let Pat::Wild = self.store[*pattern] {
                continue;
            }
            let place = self.field(spot, field, variant)?;
            self.step(*pattern, &place, step)?;
        }
        Ok(())
    }

    /// The variant (or struct) that a pattern names, after the test that the value is one.
    fn variant_test(&mut self, pattern: PatId, spot: &Spot<'db>, step: Step) -> Result<VariantId> {
        let variant = self.infer.variant_resolution_for_pat(pattern);
        let variant = variant.ok_or_else(|| self.unsupported("a pattern that was not found"))?;
        let (VariantId::EnumVariantId(id), Step::Test(otherwise)) = (variant, step) else {
            return Ok(variant);
        };
        if let At::Captured(..) = spot.at {
            let all = self.code.enum_of(spot.ty).map(|id| self.code.variants(id).len());
            if all == Some(1) {
                return Ok(variant);
            }
        }
        let place = self.code.place(spot)?;
        match self.code.is_variant(place, spot.ty, id)? {
            Truth::Always => {}
            Truth::Never => self.build.goto(otherwise),
            Truth::If(condition) => self.build.check(condition, otherwise),
        }
        Ok(variant)
    }

    fn path_pattern(&mut self, pattern: PatId, spot: &Spot<'db>, step: Step) -> Result<()> {
        if self.infer.variant_resolution_for_pat(pattern).is_some() {
            return self.variant_test(pattern, spot, step).map(|_| ());
        }
        if let (Step::Assign, Some(ValueNs::LocalBinding(id))) =
            (step, self.value_of_pattern_path(pattern))
        {
            let to = self.variable(id)?;
            return self.assign(spot, &to);
        }
        let Step::Test(otherwise) = step else { return Ok(()) };
        let constant = self.constant_of_pattern(pattern)?;
        self.equal_or(spot, constant, otherwise)
    }

    fn alternatives(&mut self, all: &[PatId], spot: &Spot<'db>, step: Step) -> Result<()> {
        let named = |body: &Self, pattern: PatId| {
            let mut any = false;
            body.store.walk_bindings_in_pat(pattern, |_| any = true);
            any
        };
        let Some((last, rest)) = all.split_last() else { return Ok(()) };
        if !matches!(step, Step::Test(_)) && !named(self, *last) {
            return Ok(());
        }
        let done = self.build.block();
        for alternative in rest {
            let next = self.build.block();
            self.code.enter_region();
            self.step(*alternative, spot, Step::Test(next))?;
            if !matches!(step, Step::Test(_)) {
                self.step(*alternative, spot, step)?;
            }
            self.code.leave_region();
            self.build.goto(done);
            self.build.start(next);
        }
        self.code.enter_region();
        self.step(*last, spot, step)?;
        self.code.leave_region();
        self.build.goto(done);
        self.build.start(done);
        Ok(())
    }

    fn range_pattern(
        &mut self,
        spot: &Spot<'db>,
        (start, end): (Option<ExprId>, Option<ExprId>),
        kind: RangeOp,
        otherwise: BlockId,
    ) -> Result<()> {
        let scalar = self.scalar(spot.ty)?;
        let value = Operand::Load(scalar, self.code.place(spot)?);
        if let Some(start) = start {
            let start = self.pattern_number(start, spot.ty)?;
            let how = less(spot.ty, false);
            let fine = self.build.compare(how, scalar, start, value.clone());
            self.build.check(fine, otherwise);
        }
        if let Some(end) = end {
            let end = self.pattern_number(end, spot.ty)?;
            let how = less(spot.ty, kind == RangeOp::Exclusive);
            let fine = self.build.compare(how, scalar, value, end);
            self.build.check(fine, otherwise);
        }
        Ok(())
    }

    /// A number that stands in a pattern.
    fn pattern_number(&mut self, e: ExprId, ty: Ty<'db>) -> Result<Operand> {
        let number = match &self.store[e] {
            Expr::Literal(literal) => self.code.literal_scalar(literal, ty)?,
            Expr::UnaryOp { expr, op: UnaryOp::Neg } => match &self.store[*expr] {
                Expr::Literal(literal) => self.code.negative_literal(literal, ty)?,
                _ => None,
            },
            Expr::Path(_) => {
                let place = self.temporary(ty)?;
                self.path_into(e, place)?;
                let scalar = self.scalar(ty)?;
                Some(Operand::Load(scalar, place))
            }
            Expr::Block { tail: Some(tail), statements, .. } if statements.is_empty() => {
                return self.pattern_number(*tail, ty);
            }
            _ => None,
        };
        number.ok_or_else(|| self.unsupported("a pattern with such a number"))
    }

    fn literal_pattern(&mut self, spot: &Spot<'db>, e: ExprId, otherwise: BlockId) -> Result<()> {
        match &self.store[e] {
            Expr::Literal(Literal::String(text)) => {
                self.text_pattern(spot, text.as_str().as_bytes(), otherwise)
            }
            Expr::Literal(Literal::ByteString(bytes)) => self.text_pattern(spot, bytes, otherwise),
            _ => {
                let constant = self.pattern_number(e, spot.ty)?;
                let scalar = self.scalar(spot.ty)?;
                let value = Operand::Load(scalar, self.code.place(spot)?);
                let how = CmpOp::Eq { negated: false };
                let equal = self.code.comparison(how, spot.ty, value, constant)?;
                self.build.check(equal, otherwise);
                Ok(())
            }
        }
    }

    /// A text, or bytes, in a pattern: the place is what it points to, or the pointer.
    fn text_pattern(&mut self, spot: &Spot<'db>, bytes: &[u8], otherwise: BlockId) -> Result<()> {
        let spot = match spot.ty.kind() {
            TyKind::Ref(..) => self.dereference(spot)?,
            _ => spot.clone(),
        };
        let length = match (&spot.length, spot.ty.kind()) {
            (Some(length), _) => length.clone(),
            (None, TyKind::Array(..)) => self.code.elements(&spot)?.1,
            _ => return Err(self.unsupported("a text pattern for what is no text")),
        };
        let count = Operand::Constant(Scalar::I64, bytes.len() as u128);
        let same = self.build.compare(Compare::Equal, Scalar::I64, length, count.clone());
        self.build.check(same, otherwise);
        if bytes.is_empty() {
            return Ok(());
        }
        let text = self.build.constant(bytes.to_vec(), 1, Vec::new());
        let place = self.code.place(&spot)?;
        let address = self.build.address_of(place);
        let arguments = vec![
            Argument::Scalar(Scalar::Pointer, address),
            Argument::Scalar(Scalar::Pointer, text),
            Argument::Scalar(Scalar::I64, count),
        ];
        let result = self.code.call_c("memcmp", arguments, Scalar::I32)?;
        let zero = Operand::Constant(Scalar::I32, 0);
        let equal = self.build.compare(Compare::Equal, Scalar::I32, result, zero);
        self.build.check(equal, otherwise);
        Ok(())
    }

    /// Goes to `otherwise` where the place does not hold what the constant holds.
    fn equal_or(
        &mut self,
        spot: &Spot<'db>,
        constant: Spot<'db>,
        otherwise: BlockId,
    ) -> Result<()> {
        let layout = self.layout(spot.ty)?;
        if self.code.is_builtin_comparison(spot.ty, spot.ty) {
            let Pass::One(scalar) = layout.pass else {
                return Err(self.unsupported("a constant in a pattern"));
            };
            let a = Operand::Load(scalar, self.code.place(spot)?);
            let b = Operand::Load(scalar, self.code.place(&constant)?);
            let how = CmpOp::Eq { negated: false };
            let equal = self.code.comparison(how, spot.ty, a, b)?;
            self.build.check(equal, otherwise);
            return Ok(());
        }
        // Types whose constants may be patterns derive `PartialEq`: their `eq` is what matching would do.
        let equal = self.code.equal_by_trait(spot, &constant)?;
        self.build.check(equal, otherwise);
        Ok(())
    }

    fn slice_pattern(
        &mut self,
        spot: &Spot<'db>,
        (prefix, slice, suffix): (&[PatId], Option<PatId>, &[PatId]),
        step: Step,
    ) -> Result<()> {
        let (element, length) = self.code.elements(spot)?;
        let least = Operand::Constant(Scalar::I64, (prefix.len() + suffix.len()) as u128);
        if let (Step::Test(otherwise), TyKind::Slice(_)) = (step, spot.ty.kind()) {
            let fine = if slice.is_some() {
                let how = Compare::LessOrEqualUnsigned;
                self.build.compare(how, Scalar::I64, least.clone(), length.clone())
            } else {
                self.build.compare(Compare::Equal, Scalar::I64, length.clone(), least.clone())
            };
            self.build.check(fine, otherwise);
        }
        let base = self.code.place(spot)?;
        for (index, pattern) in prefix.iter().enumerate() {
            let index = Operand::Constant(Scalar::I64, index as u128);
            let place = self.code.part_at(spot, index, element)?;
            self.step(*pattern, &place, step)?;
        }
        if let Some(slice) = slice {
            let rest = self.code.difference(length.clone(), least);
            let start = Operand::Constant(Scalar::I64, prefix.len() as u128);
            let first = self.code.element_at(base, start, element)?;
            let place = match &rest {
                Operand::Constant(_, count) => {
                    let ty = Ty::new_array(self.types.interner, element, *count);
                    Spot { at: first.at, ty, length: None, owner: None }
                }
                _ => Spot { at: first.at, ty: spot.ty, length: Some(rest), owner: None },
            };
            self.step(slice, &place, step)?;
        }
        for (index, pattern) in suffix.iter().rev().enumerate() {
            let back = Operand::Constant(Scalar::I64, index as u128 + 1);
            let index = self.code.difference(length.clone(), back);
            let place = self.code.part_at(spot, index, element)?;
            self.step(*pattern, &place, step)?;
        }
        Ok(())
    }
}

impl super::code::Code<'_, '_> {
    /// `a - b`, of what is known to be no less.
    fn difference(&mut self, a: Operand, b: Operand) -> Operand {
        match (&a, &b) {
            (Operand::Constant(_, a), Operand::Constant(_, b)) => {
                Operand::Constant(Scalar::I64, a.saturating_sub(*b))
            }
            _ => self.build.value(Scalar::I64, Value::Binary(Binary::Subtract, a, b)),
        }
    }

    /// Calls a function of C that gives a scalar.
    pub(super) fn call_c(
        &mut self,
        name: &str,
        arguments: Vec<Argument>,
        scalar: Scalar,
    ) -> Result<Operand> {
        let layout = super::build::layout_of(scalar);
        let to = self.build.temporary(layout);
        let then = self.build.block();
        self.build.end(End::Call(Box::new(super::super::mir::Call {
            callee: super::super::mir::Callee::Function(name.to_owned()),
            abi: super::super::mir::Abi::C,
            arguments,
            result: (to, layout),
            then: Some(then),
            unwind: None,
        })));
        self.build.start(then);
        Ok(Operand::Load(scalar, to))
    }
}
