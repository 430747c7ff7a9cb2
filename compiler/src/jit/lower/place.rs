//! Places: variables, fields, elements, and what pointers point to.

use ra_ap_hir_def::VariantId;
use ra_ap_hir_def::hir::{BindingId, Expr, ExprId, UnaryOp};
use ra_ap_hir_def::resolver::ValueNs;
use ra_ap_hir_ty::closure_analysis::ProjectionKind;
use ra_ap_hir_ty::next_solver::{Mutability, Ty, TyKind};
use ra_ap_hir_ty::{Adjust, Adjustment};
use ra_ap_rustc_type_ir::UintTy;
use ra_ap_rustc_type_ir::inherent::IntoKind;

use super::super::mir::{Base, LocalId, Place};
use super::Result;
use super::body::Body;
use super::build::here;
use super::code::{At, Spot};
use super::drops::{Moved, Part, Step};

impl<'db> Body<'_, 'db> {
    /// The type of an expression before it is adjusted.
    pub(super) fn raw_ty(&self, e: ExprId) -> Ty<'db> {
        self.types.of(self.infer.expr_ty(e))
    }

    /// The type of an expression as it is used.
    pub(super) fn ty(&self, e: ExprId) -> Ty<'db> {
        match self.adjustments(e).last() {
            Some(last) => self.types.of(last.target.as_ref()),
            None => self.raw_ty(e),
        }
    }

    pub(super) fn adjustments(&self, e: ExprId) -> &'db [Adjustment] {
        self.infer.expr_adjustment(e).unwrap_or(&[])
    }

    /// The local of a variable.
    pub(super) fn binding(&mut self, binding: BindingId) -> Result<LocalId> {
        if let Some(local) = self.bindings.get(&binding) {
            return Ok(*local);
        }
        let ty = self.types.of(self.infer.binding_ty(binding));
        let name = self.store[binding].name.as_str().to_owned();
        let local = self.local(ty, Some(name))?;
        self.bindings.insert(binding, local);
        Ok(local)
    }

    /// A variable, of this function or captured by this closure.
    pub(super) fn variable(&mut self, binding: BindingId) -> Result<Spot<'db>> {
        let captured = self
            .captures
            .as_ref()
            .is_some_and(|captures| self.store.is_binding_upvar(binding, captures.closure));
        let ty = self.types.of(self.infer.binding_ty(binding));
        if !captured {
            let local = self.binding(binding)?;
            return Ok(self.code.local_spot(local, ty));
        }
        let at = At::Captured(binding, Vec::new());
        let spot = Spot { at, ty, length: None, owner: None };
        self.captured(spot)
    }

    /// The capture that this way leads to, if it is one.
    fn captured(&mut self, spot: Spot<'db>) -> Result<Spot<'db>> {
        let At::Captured(binding, steps) = &spot.at else { return Ok(spot) };
        let captures = self.captures.iter().flat_map(|captures| &captures.list);
        let mut captures = captures.enumerate();
        let Some((index, capture)) =
            captures.find(|(_, it)| it.binding == *binding && same_way(&it.steps, steps))
        else {
            return Ok(spot);
        };
        let (place, ty, by_reference) = (capture.place, capture.ty, capture.by_reference);
        if by_reference {
            return self.pointee(place, ty);
        }
        // What is called by value owns what it captured.
        let owner = match place.base {
            Base::Local(local) => Some(Part::whole(local).then(Step::Field(None, index))),
            Base::Behind(_) => None,
        };
        Ok(Spot { owner, ..self.code.spot(place, ty) })
    }

    /// A place, of a value that was computed if need be.
    pub(super) fn place_of(&mut self, e: ExprId) -> Result<Spot<'db>> {
        self.adjusted_place(e, self.adjustments(e))
    }

    pub(super) fn adjusted_place(
        &mut self,
        e: ExprId,
        adjustments: &'db [Adjustment],
    ) -> Result<Spot<'db>> {
        let Some((last, rest)) = adjustments.split_last() else { return self.raw_place(e) };
        match &last.kind {
            Adjust::Deref(None) => {
                let pointer = self.adjusted_place(e, rest)?;
                self.dereference(&pointer)
            }
            Adjust::Deref(Some(overloaded)) => {
                let place = self.adjusted_place(e, rest)?;
                self.at_expression(e);
                self.dereference_by_trait(&place, overloaded.0)
            }
            Adjust::NeverToAny | Adjust::Borrow(_) | Adjust::Pointer(_) => {
                let ty = self.types.of(last.target.as_ref());
                let local = self.local(ty, None)?;
                self.adjusted_into(e, adjustments, here(local))?;
                self.code.schedule(local, ty, self.scope_of(e), Moved::No)?;
                Ok(self.code.local_spot(local, ty))
            }
        }
    }

    fn raw_place(&mut self, e: ExprId) -> Result<Spot<'db>> {
        match &self.store[e] {
            Expr::Path(_) => match self.value_of_path(e) {
                Some(ValueNs::LocalBinding(binding)) => return self.variable(binding),
                Some(ValueNs::StaticId(id)) => {
                    let address = self.static_address(id);
                    let place = self.build.behind(address);
                    let ty = self.raw_ty(e);
                    return Ok(self.code.spot(place, ty));
                }
                _ => {}
            },
            Expr::UnaryOp { expr, op: UnaryOp::Deref } => return self.dereferenced(e, *expr),
            Expr::Field { expr, name } => {
                let place = self.place_of(*expr)?;
                let field = match self.infer.field_resolution(e) {
                    Some(resolved) => resolved.either(
                        |field| u32::from(field.local_id.into_raw()) as usize,
                        |tuple| tuple.index as usize,
                    ),
                    None => name
                        .as_tuple_index()
                        .ok_or_else(|| self.unsupported("a field that was not found"))?,
                };
                return self.field(&place, field, None);
            }
            Expr::Index { base, index } => return self.indexed(e, *base, *index),
            _ => {}
        }
        let ty = self.raw_ty(e);
        let local = self.local(ty, None)?;
        self.raw_into(e, here(local))?;
        self.code.schedule(local, ty, self.scope_of(e), Moved::No)?;
        Ok(self.code.local_spot(local, ty))
    }

    /// The scope at whose end a temporary value is dropped: the innermost, unless it lives as long as a variable.
    fn scope_of(&self, e: ExprId) -> Option<usize> {
        self.extended.get(&e).copied()
    }

    /// `*inner`, which is `e`.
    fn dereferenced(&mut self, e: ExprId, inner: ExprId) -> Result<Spot<'db>> {
        let place = self.place_of(inner)?;
        if self.code.is_box(place.ty) {
            return self.dereference(&place);
        }
        if matches!(place.ty.kind(), TyKind::RawPtr(..) | TyKind::Ref(..))
            && self.infer.method_resolution(e).is_none()
        {
            return self.dereference(&place);
        }
        self.at_expression(e);
        // The reference that the trait's method takes is among the adjustments where inference put it.
        if let Some((method, args)) = self.infer.method_resolution(e) {
            if let TyKind::Ref(_, target, _) = place.ty.kind() {
                let wanted = self.args(args).iter().next().and_then(|arg| arg.ty());
                if wanted == Some(target) {
                    let target = self.raw_ty(e);
                    let mutable = Some(method) == self.lang().DerefMut_deref_mut;
                    return self.call_place(method, args, vec![place], target, mutable);
                }
                if wanted != Some(place.ty) {
                    return self.dereference(&place);
                }
            }
            let mutable = Some(method) == self.lang().DerefMut_deref_mut;
            return self.dereference_by_trait(&place, mutability(mutable));
        }
        self.dereference(&place)
    }

    /// What a pointer in a place points to.
    pub(super) fn dereference(&mut self, pointer: &Spot<'db>) -> Result<Spot<'db>> {
        if let At::Captured(binding, steps) = &pointer.at {
            let mut steps = steps.clone();
            steps.push(ProjectionKind::Deref);
            let ty = match pointer.ty.kind() {
                TyKind::Ref(_, target, _) | TyKind::RawPtr(target, _) => target,
                TyKind::Adt(_, args) if self.code.is_box(pointer.ty) => {
                    let target = args.iter().next().and_then(|arg| arg.ty());
                    target.ok_or_else(|| self.unsupported("a box of nothing"))?
                }
                _ => return Err(self.unsupported("`*` on what is no pointer")),
            };
            let ty = self.types.normalized(ty);
            let at = At::Captured(*binding, steps);
            return self.captured(Spot { at, ty, length: None, owner: None });
        }
        let place = self.code.place(pointer)?;
        if self.code.is_box(pointer.ty) {
            let content = self.code.content(place, pointer.ty)?;
            let owner = pointer.owner.as_ref().map(|part| part.then(Step::Content));
            return Ok(Spot { owner, ..content });
        }
        self.pointee(place, pointer.ty)
    }

    /// The value of a place, which is moved if it is not copied.
    pub(super) fn take(&mut self, spot: &Spot<'db>, to: Place) -> Result<()> {
        let from = self.code.place(spot)?;
        self.copy(from, to, spot.ty)?;
        self.code.moved(spot)
    }

    fn dereference_by_trait(
        &mut self,
        place: &Spot<'db>,
        mutability: Mutability,
    ) -> Result<Spot<'db>> {
        let mutable = mutability == Mutability::Mut;
        let lang = self.lang();
        let method = if mutable { lang.DerefMut_deref_mut } else { lang.Deref_deref };
        let method = method.ok_or_else(|| self.unsupported("`Deref` without a `core`"))?;
        let args = ra_ap_hir_ty::next_solver::GenericArgs::new_from_slice(&[place.ty.into()]);
        let reference = self.reference_to(place, mutability)?;
        self.code.call_for_place(method, args, vec![reference])
    }

    /// A field of a struct, tuple, union or (where `variant` says) variant.
    pub(super) fn field(
        &mut self,
        spot: &Spot<'db>,
        field: usize,
        variant: Option<VariantId>,
    ) -> Result<Spot<'db>> {
        if let At::Captured(binding, steps) = &spot.at {
            let index = u32::try_from(field).unwrap_or(u32::MAX);
            let mut steps = steps.clone();
            steps.push(ProjectionKind::Field { field_idx: index, variant_idx: 0 });
            let (ty, _) = self.code.field_of(spot, field, variant)?;
            let at = At::Captured(*binding, steps);
            return self.captured(Spot { at, ty, length: None, owner: None });
        }
        self.code.field_place(spot, field, variant)
    }

    /// `base[index]`, which is `e`.
    fn indexed(&mut self, e: ExprId, base: ExprId, index: ExprId) -> Result<Spot<'db>> {
        let index_ty = self.ty(index);
        let adjusted = self.ty(base);
        let element_of = match adjusted.kind() {
            TyKind::Ref(_, target, _) => self.types.normalized(target),
            _ => adjusted,
        };
        let plain = matches!(index_ty.kind(), TyKind::Uint(UintTy::Usize))
            && matches!(element_of.kind(), TyKind::Array(..) | TyKind::Slice(_));
        if !plain {
            let (method, args) = self
                .infer
                .method_resolution(e)
                .ok_or_else(|| self.unsupported("an index that was not resolved"))?;
            let args = self.args(args);
            let base = self.held_expression(base, false)?;
            let index = self.held_expression(index, true)?;
            self.code.release_all(&[base.clone(), index.clone()]);
            self.at_expression(e);
            if let Some(span) = self.source.bracket(e) {
                self.build.span = span;
            }
            return self.code.call_for_place(method, args, vec![base, index]);
        }
        // Inference writes the reference down that `Index::index` would take.
        let mut place = match adjusted.kind() {
            TyKind::Ref(..) => {
                let adjustments = self.adjustments(base);
                let without = match adjustments {
                    [rest @ .., one, Adjustment { kind: Adjust::Pointer(_), .. }]
                        if matches!(one.kind, Adjust::Borrow(_)) =>
                    {
                        Some(rest)
                    }
                    [rest @ .., one] if matches!(one.kind, Adjust::Borrow(_)) => Some(rest),
                    _ => None,
                };
                match without {
                    Some(rest) => self.adjusted_place(base, rest)?,
                    None => {
                        let pointer = self.place_of(base)?;
                        self.dereference(&pointer)?
                    }
                }
            }
            _ => self.place_of(base)?,
        };
        if let At::Captured(..) = place.at {
            place = self.captured(place)?;
        }
        let index = self.operand_of(index)?;
        self.at_expression(e);
        self.code.element(&place, index)
    }

    fn call_place(
        &mut self,
        method: ra_ap_hir_def::FunctionId,
        args: ra_ap_hir_ty::next_solver::GenericArgs<'db>,
        places: Vec<Spot<'db>>,
        _target: Ty<'db>,
        _mutable: bool,
    ) -> Result<Spot<'db>> {
        let args = self.args(args);
        let mut held = Vec::new();
        for place in places {
            let at = self.code.place(&place)?;
            held.push(self.code.held(at, place.ty)?);
        }
        self.code.call_for_place(method, args, held)
    }
}

fn mutability(mutable: bool) -> Mutability {
    if mutable { Mutability::Mut } else { Mutability::Not }
}

/// Whether two ways into a variable are one. (Which variant a field is of, its type says already.)
fn same_way(a: &[ProjectionKind], b: &[ProjectionKind]) -> bool {
    let field = |step: &ProjectionKind| match step {
        ProjectionKind::Field { field_idx, .. } => Some(*field_idx),
        _ => None,
    };
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| match (field(a), field(b)) {
            (Some(a), Some(b)) => a == b,
            _ => a == b,
        })
}
