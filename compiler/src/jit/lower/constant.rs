//! Literals and paths to values, and what is constant: bytes, and addresses of other bytes.
//!
//! A reference to a constant expression lives for ever ([promotion]): such an expression becomes data. What
//! cannot be computed here is computed where it is used, and a reference to that is refused where it may
//! have to live longer than the function.
//!
//! [promotion]: https://doc.rust-lang.org/reference/destructors.html#constant-promotion

use ra_ap_hir_def::hir::{Array, Expr, ExprId, PatId};
use ra_ap_hir_def::item_tree::FieldsShape;
use ra_ap_hir_def::resolver::ValueNs;
use ra_ap_hir_def::{ConstId, VariantId};
use ra_ap_hir_ty::method_resolution::{CandidateId, lookup_impl_const};
use ra_ap_hir_ty::next_solver::{ConstKind, GenericArgs, Ty, TyKind};
use ra_ap_hir_ty::{Adjust, Adjustment};
use ra_ap_rustc_type_ir::inherent::IntoKind;

use super::super::front::values::{Named, Values};
use super::super::mir::{Operand, Pass, Place, Value};
use super::Result;
use super::body::Body;
use super::code::{Code, Spot};
use super::known::Known;

impl<'db> Body<'_, 'db> {
    /// What a path stands for, unless it is an associated item.
    pub(super) fn value_of_path(&self, e: ExprId) -> Option<ValueNs> {
        let Expr::Path(path) = &self.store[e] else { return None };
        if self.infer.assoc_resolutions_for_expr(e).is_some() {
            return None;
        }
        if let Some(variant) = self.infer.variant_resolution_for_expr(e) {
            return match variant {
                VariantId::EnumVariantId(id) => Some(ValueNs::EnumVariantId(id)),
                VariantId::StructId(id) => Some(ValueNs::StructId(id)),
                VariantId::UnionId(_) => None,
            };
        }
        let mut resolver = self.resolver.clone();
        let _ = resolver.update_to_inner_scope(self.db, self.store_owner, e);
        let hygiene = self.store.expr_path_hygiene(e);
        resolver.resolve_path_in_value_ns_fully(self.db, path, hygiene)
    }

    /// The same in a pattern.
    pub(super) fn value_of_pattern_path(&self, pattern: PatId) -> Option<ValueNs> {
        let ra_ap_hir_def::hir::Pat::Path(path) = &self.store[pattern] else { return None };
        let hygiene = self.store.pat_path_hygiene(pattern);
        let mut resolver = self.resolver.clone();
        if let Some(scope) = self.pattern_scope {
            let _ = resolver.update_to_inner_scope(self.db, self.store_owner, scope);
        }
        resolver.resolve_path_in_value_ns_fully(self.db, path, hygiene)
    }

    /// The value of a path.
    pub(super) fn path_into(&mut self, e: ExprId, to: Place) -> Result<()> {
        if let Some((item, args)) = self.infer.assoc_resolutions_for_expr(e) {
            return match item {
                CandidateId::ConstId(id) => {
                    let args = self.args(args);
                    self.code.constant_into(id, args, to)
                }
                CandidateId::FunctionId(_) => Ok(()),
            };
        }
        match self.value_of_path(e) {
            Some(ValueNs::LocalBinding(_) | ValueNs::StaticId(_)) => {
                let place = self.adjusted_place(e, &[])?;
                self.take(&place, to)
            }
            Some(ValueNs::ConstId(id)) => {
                let args = GenericArgs::empty(self.types.interner);
                self.code.constant_into(id, args, to)
            }
            Some(ValueNs::EnumVariantId(id)) => {
                if id.fields(self.db).shape == FieldsShape::Unit {
                    let ty = self.raw_ty(e);
                    self.code.set_variant(to, ty, id)?;
                }
                Ok(())
            }
            Some(ValueNs::GenericParam(id)) => {
                let ty = self.raw_ty(e);
                let scalar = self.scalar(ty)?;
                let index = ra_ap_hir_ty::type_or_const_param_idx(self.db, id.into());
                let bits = self
                    .types
                    .args
                    .as_slice()
                    .get(index as usize)
                    .and_then(|arg| arg.konst())
                    .and_then(|value| self.code.bits_of_const(value, ty))
                    .ok_or_else(|| self.unsupported("a const parameter of this value"))?;
                let bits = bits & super::operator::all_bits(scalar);
                let value = Value::Use(Operand::Constant(scalar, bits));
                self.build.set(scalar, to, value);
                Ok(())
            }
            // What has no size: functions, constructors, structs without fields.
            Some(ValueNs::FunctionId(_) | ValueNs::StructId(_) | ValueNs::ImplSelf(_)) => Ok(()),
            None => Err(self.unsupported("a name that was not found")),
        }
    }

    /// The constant that a path in a pattern names.
    pub(super) fn constant_of_pattern(&mut self, pattern: PatId) -> Result<Spot<'db>> {
        let ty = self.types.of(self.infer.pat_ty(pattern));
        let to = self.temporary(ty)?;
        let (id, args) = match self.infer.assoc_resolutions_for_pat(pattern) {
            Some((CandidateId::ConstId(id), args)) => (id, self.args(args)),
            _ => match self.value_of_pattern_path(pattern) {
                Some(ValueNs::ConstId(id)) => (id, GenericArgs::empty(self.types.interner)),
                _ => return Err(self.unsupported("such a name in a pattern")),
            },
        };
        self.code.constant_into(id, args, to)?;
        Ok(self.code.spot(to, ty))
    }

    /// The address of the data that a reference to this expression points to, if it is constant. Of what is
    /// a place already, it is that place.
    pub(super) fn promoted(
        &mut self,
        e: ExprId,
        adjustments: &'db [Adjustment],
    ) -> Result<Option<Operand>> {
        if adjustments.is_empty() && self.is_place(e) {
            return Ok(None);
        }
        if adjustments.last().is_some_and(|last| matches!(last.kind, Adjust::Deref(_))) {
            return Ok(None);
        }
        let ty = match adjustments.last() {
            Some(last) => self.types.of(last.target.as_ref()),
            None => self.raw_ty(e),
        };
        if !self.code.is_frozen(ty) {
            return Ok(None);
        }
        match self.known_adjusted(e, adjustments) {
            Some(known) => {
                let align = self.layout(ty)?.align;
                Ok(Some(self.build.constant(known.bytes, align, known.addresses)))
            }
            // A reference to a place on the stack might have to live longer than that.
            None if adjustments.is_empty() && self.computes_constants(e) => {
                Err(self.unsupported("a reference to a constant that is computed in this way"))
            }
            None => Ok(None),
        }
    }

    /// `&mut []`.
    pub(super) fn promoted_empty(&mut self, e: ExprId) -> Result<Option<Operand>> {
        match &self.store[e] {
            Expr::Array(Array::ElementList { elements }) if elements.is_empty() => {
                let ty = self.raw_ty(e);
                let align = self.layout(ty)?.align;
                Ok(Some(self.build.constant(Vec::new(), align, Vec::new())))
            }
            _ => Ok(None),
        }
    }

    /// The address of an array that is constant and not small.
    pub(super) fn constant_array(&mut self, e: ExprId, array: &Array) -> Result<Option<Operand>> {
        let Array::ElementList { elements } = array else { return Ok(None) };
        if elements.len() < 4 {
            return Ok(None);
        }
        let ty = self.raw_ty(e);
        let align = self.layout(ty)?.align;
        let known = self.known(e);
        Ok(known.map(|known| self.build.constant(known.bytes, align, known.addresses)))
    }

    /// The byte that a constant without addresses consists of, if it is one again and again.
    pub(super) fn same_bytes(&mut self, e: ExprId) -> Option<u8> {
        let known = self.known_used(e).filter(|known| known.addresses.is_empty())?;
        let first = *known.bytes.first()?;
        known.bytes.iter().all(|byte| *byte == first).then_some(first)
    }
}

/// The value of a constant whose initialiser can be seen to be one.
fn known_initializer<'db>(
    code: &mut Code<'_, 'db>,
    id: ConstId,
    args: GenericArgs<'db>,
) -> Option<Known> {
    super::body::initializer(code, id, args, |body, root| body.known_used(root))
}

impl<'db> Code<'_, 'db> {
    /// The value of a constant.
    pub(super) fn constant_into(
        &mut self,
        id: ConstId,
        args: GenericArgs<'db>,
        to: Place,
    ) -> Result<()> {
        let (id, args) = lookup_impl_const(&self.types.infer, self.types.env.param_env, id, args);
        let args = self.types.normalized(args);
        let ty = self.constant_ty(id, args)?;
        let layout = self.layout(ty)?;
        let Some(known) = self.known_constant(id, args) else {
            if self.computed_into(id, args, ty, to)? {
                return Ok(());
            }
            return Err(self.unsupported("a constant that is computed in this way"));
        };
        if known.bytes.len() as u64 != layout.size {
            return Err(self.unsupported("a constant that is computed in this way"));
        }
        if let (Pass::One(scalar), true) = (layout.pass, known.addresses.is_empty()) {
            let mut bits = [0; 16];
            bits[..known.bytes.len()].copy_from_slice(&known.bytes);
            let constant = Operand::Constant(scalar, u128::from_le_bytes(bits));
            self.build.set(scalar, to, Value::Use(constant));
            return Ok(());
        }
        let address = self.build.constant(known.bytes, layout.align, known.addresses);
        let from = self.build.behind(address);
        self.build.copy(from, to, layout);
        Ok(())
    }

    /// The type of a constant.
    pub(super) fn constant_ty(&self, id: ConstId, args: GenericArgs<'db>) -> Result<Ty<'db>> {
        let ty = self.db.value_ty(id.into());
        let ty = ty.ok_or_else(|| self.unsupported("a constant of no type"))?;
        let ty = ty.instantiate(self.types.interner, args).skip_norm_wip();
        Ok(self.types.normalized(ty))
    }

    /// The bytes of a constant.
    pub(super) fn known_constant(&mut self, id: ConstId, args: GenericArgs<'db>) -> Option<Known> {
        let (id, args) = lookup_impl_const(&self.types.infer, self.types.env.param_env, id, args);
        let args = self.types.normalized(args);
        if let Some(known) = known_initializer(self, id, args) {
            return Some(known);
        }
        let value = self.db.const_eval(id, args, Some(self.types.env)).ok()?;
        let program = self.program;
        let symbol = |named: Named<'db>| program.symbol(&named.into());
        let live = self.program.live_crate();
        let value = Values { db: self.db, live, symbol: &symbol }.value(value).ok()?;
        self.build.refer(value.behind);
        for named in value.functions {
            self.need(named.into());
        }
        Some(Known { bytes: value.bytes, addresses: value.addresses })
    }

    /// Whether a shared reference to such a value does not let anybody change it.
    fn is_frozen(&self, ty: Ty<'db>) -> bool {
        use ra_ap_hir_def::AdtId;
        if self.types.needs_drop(ty) {
            return false;
        }
        match ty.kind() {
            TyKind::Array(element, _) => self.is_frozen(self.types.normalized(element)),
            TyKind::Tuple(fields) => fields.iter().all(|ty| self.is_frozen(ty)),
            TyKind::Adt(definition, _) => {
                let variants: Vec<VariantId> = match definition.def_id() {
                    AdtId::StructId(id) if Some(id) == self.lang().UnsafeCell => return false,
                    AdtId::StructId(id) => vec![id.into()],
                    AdtId::UnionId(id) => vec![id.into()],
                    AdtId::EnumId(id) => self.variants(id).into_iter().map(Into::into).collect(),
                };
                variants.into_iter().all(|variant| {
                    let count = variant.fields(self.db).fields().len();
                    (0..count).all(|index| {
                        self.field_ty(variant, index, ty).is_ok_and(|ty| self.is_frozen(ty))
                    })
                })
            }
            TyKind::Closure(..) | TyKind::Dynamic(..) => false,
            _ => true,
        }
    }

    /// The bits of a const generic argument.
    fn bits_of_const(
        &self,
        value: ra_ap_hir_ty::next_solver::Const<'db>,
        ty: Ty<'db>,
    ) -> Option<u128> {
        match value.kind() {
            ConstKind::Value(value) => {
                let leaf = value.value.inner().to_leaf();
                Some(leaf.to_bits_unchecked())
            }
            _ if matches!(ty.kind(), TyKind::Int(_)) => {
                ra_ap_hir_ty::consteval::try_const_isize(self.db, value).map(|value| value as u128)
            }
            _ => ra_ap_hir_ty::consteval::try_const_usize(self.db, value),
        }
    }
}
