//! Constants that the front end's interpreter does not compute: each becomes a function, called where the
//! constant is used.
//!
//! A constant is the same whenever it is computed. Only where it lies can be told apart: what it refers to
//! lives for ever, and what a function refers to does not. So a constant with references is not
//! computed in this way. One whose computation panics does so where it is used, where rustc's does while it
//! compiles.

use ra_ap_hir_def::expr_store::Body as HirBody;
use ra_ap_hir_def::{AdtId, ConstId, DefWithBodyId, VariantId};
use ra_ap_hir_ty::InferBodyId;
use ra_ap_hir_ty::db::HirDatabase;
use ra_ap_hir_ty::next_solver::{GenericArgs, Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::IntoKind;

use super::super::mir::{Abi, Callee, Inline, Place};
use super::body::Body;
use super::build::{Head, here};
use super::code::Code;
use super::{Checks, Instance, Lowered, Program, Result};

impl<'db> Code<'_, 'db> {
    /// Computes a constant of this type; whether that can be done.
    pub(super) fn computed_into(
        &mut self,
        id: ConstId,
        args: GenericArgs<'db>,
        ty: Ty<'db>,
        to: Place,
    ) -> Result<bool> {
        if self.may_refer(ty) {
            return Ok(false);
        }
        let callee = Callee::Function(self.need(Instance::Constant(id, args)));
        self.emit_call(callee, Abi::Rust, Vec::new(), ty, to)?;
        Ok(true)
    }

    /// Whether values of a type may point to something.
    fn may_refer(&self, ty: Ty<'db>) -> bool {
        match ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::FnDef(..)
            | TyKind::Never => false,
            TyKind::Array(element, _) | TyKind::Pat(element, _) => {
                self.may_refer(self.types.normalized(element))
            }
            TyKind::Tuple(fields) => fields.iter().any(|ty| self.may_refer(ty)),
            TyKind::Adt(definition, _) => {
                let variants: Vec<VariantId> = match definition.def_id() {
                    AdtId::StructId(id) => vec![id.into()],
                    AdtId::UnionId(id) => vec![id.into()],
                    AdtId::EnumId(id) => self.variants(id).into_iter().map(Into::into).collect(),
                };
                variants.into_iter().any(|variant| {
                    let count = variant.fields(self.db).fields().len();
                    (0..count).any(|index| {
                        !self.field_ty(variant, index, ty).is_ok_and(|ty| !self.may_refer(ty))
                    })
                })
            }
            _ => true,
        }
    }
}

/// The function that gives a constant.
pub(super) fn constant<'db>(
    db: &'db dyn HirDatabase,
    program: &dyn Program<'db>,
    id: ConstId,
    args: GenericArgs<'db>,
    checks: Checks,
) -> Result<Lowered<'db>> {
    let instance = Instance::Constant(id, args);
    let code = Code::new(db, program, args, checks);
    let mut body = Body::new(code, InferBodyId::from(id))?;
    let root = HirBody::of(db, DefWithBodyId::ConstId(id)).root_expr();
    body.build.span = body.source.span(root.into()).unwrap_or_default();
    let ty = body.constant_ty(id, args)?;
    let result = body.local(ty, None)?;
    body.result = here(result);
    let span = body.build.span;
    body.run(root)?;
    let symbol = program.symbol(&instance);
    let linkage = program.linkage(&instance);
    let (abi, inline, parameters) = (Abi::Rust, Inline::Wished, Vec::new());
    Ok(body.code.finish(Head { symbol, linkage, abi, parameters, result, span, inline }))
}
