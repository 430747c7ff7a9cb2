//! Types of one instance: substituted, normalised, without lifetimes, and how they lie in memory.
//!
//! A body's types speak of its type parameters; those of an instance do not. Everything that asks for a
//! layout, resolves a method or compares types first comes through [`Types::of`].

use std::cell::RefCell;
use std::collections::HashMap;

use ra_ap_base_db::Crate;
use ra_ap_hir_def::layout::{BackendRepr, Float, Integer, Primitive, Scalar as AbiScalar};
use ra_ap_hir_def::signatures::{StructFlags, StructSignature};
use ra_ap_hir_def::{AdtId, FunctionId};
use ra_ap_hir_ty::ParamEnvAndCrate;
use ra_ap_hir_ty::db::HirDatabase;
use ra_ap_hir_ty::drop::{DropGlue, destructor, has_drop_glue};
use ra_ap_hir_ty::layout::Layout as TypeLayout;
use ra_ap_hir_ty::next_solver::infer::traits::ObligationCause;
use ra_ap_hir_ty::next_solver::infer::{DbInternerInferExt, InferCtxt};
use ra_ap_hir_ty::next_solver::{
    DbInterner, EarlyBinder, GenericArgs, ParamEnv, Region, RegionKind, Ty, TyKind, TypingMode,
};
use ra_ap_rustc_type_ir::inherent::{GenericArgs as _, IntoKind};
use ra_ap_rustc_type_ir::{TypeFoldable, TypeFolder, TypeVisitable, TypeVisitableExt};

use super::super::front::effort;
use super::super::mir::{Layout, Pass, Scalar, size_of};
use super::attributes::drops_items_only;
use super::size::is_too_large;

/// What an instance knows of types.
pub(super) struct Types<'db> {
    pub(super) db: &'db dyn HirDatabase,
    pub(super) interner: DbInterner<'db>,
    pub(super) infer: InferCtxt<'db>,
    pub(super) env: ParamEnvAndCrate<'db>,
    /// What the parameters of the body's types stand for.
    pub(super) args: GenericArgs<'db>,
    known: RefCell<HashMap<Ty<'db>, Ty<'db>>>,
    layouts: RefCell<HashMap<Ty<'db>, triomphe::Arc<TypeLayout>>>,
}

/// Takes the lifetimes out of types: instances that differ in nothing else are one.
struct EraseRegions<'db>(DbInterner<'db>);

impl<'db> TypeFolder<DbInterner<'db>> for EraseRegions<'db> {
    fn cx(&self) -> DbInterner<'db> {
        self.0
    }

    fn fold_region(&mut self, region: Region<'db>) -> Region<'db> {
        match region.kind() {
            RegionKind::ReBound(..) => region,
            _ => Region::new_erased(self.0),
        }
    }
}

impl<'db> Types<'db> {
    /// `live` is the crate in which traits are resolved: it sees every impl that an instance can mean.
    pub(super) fn new(db: &'db dyn HirDatabase, live: Crate, args: GenericArgs<'db>) -> Types<'db> {
        let interner = DbInterner::new_with(db, live);
        let env = ParamEnvAndCrate { param_env: ParamEnv::empty(interner), krate: live };
        Types {
            db,
            interner,
            infer: interner.infer_ctxt().build(TypingMode::PostAnalysis),
            env,
            args,
            known: RefCell::default(),
            layouts: RefCell::default(),
        }
    }

    /// The type as this instance has it.
    pub(super) fn of(&self, ty: Ty<'db>) -> Ty<'db> {
        if let Some(known) = self.known.borrow().get(&ty) {
            return *known;
        }
        let concrete = self.substituted(ty);
        self.known.borrow_mut().insert(ty, concrete);
        concrete
    }

    /// The same for what is not a type: generic arguments, signatures.
    pub(super) fn substituted<T>(&self, value: T) -> T
    where
        T: TypeFoldable<DbInterner<'db>> + TypeVisitableExt<DbInterner<'db>> + Clone,
    {
        within_size(&value, Some(self.args));
        let value = EarlyBinder::bind(value).instantiate(self.interner, self.args).skip_norm_wip();
        self.without_aliases(value)
    }

    /// Without aliases and lifetimes. What cannot be normalised stays; it has no layout then.
    pub(super) fn normalized<T>(&self, value: T) -> T
    where
        T: TypeFoldable<DbInterner<'db>> + TypeVisitableExt<DbInterner<'db>> + Clone,
    {
        within_size(&value, None);
        self.without_aliases(value)
    }

    fn without_aliases<T>(&self, value: T) -> T
    where
        T: TypeFoldable<DbInterner<'db>> + TypeVisitableExt<DbInterner<'db>> + Clone,
    {
        let value = value.fold_with(&mut EraseRegions(self.interner));
        if !value.has_aliases() || value.has_escaping_bound_vars() {
            return value;
        }
        let cause = ObligationCause::dummy();
        let normal = self.infer.at(&cause, self.env.param_env).deeply_normalize(value.clone());
        normal.map_or(value, |it| {
            within_size(&it, None);
            it.fold_with(&mut EraseRegions(self.interner))
        })
    }

    /// How a type lies in memory, in every detail.
    pub(super) fn layout(&self, ty: Ty<'db>) -> Result<triomphe::Arc<TypeLayout>, String> {
        if let Some(known) = self.layouts.borrow().get(&ty) {
            return Ok(known.clone());
        }
        let layout = self
            .db
            .layout_of_ty(ty.store(), self.env.store())
            .map_err(|error| format!("the layout of `{}`: {error}", self.name(ty)))?;
        self.layouts.borrow_mut().insert(ty, layout.clone());
        Ok(layout)
    }

    /// How a type lies in memory, as MIR says it.
    pub(super) fn memory(&self, ty: Ty<'db>) -> Result<Layout, String> {
        let layout = self.layout(ty)?;
        mir_layout(&layout).ok_or_else(|| format!("values of type `{}`", self.name(ty)))
    }

    /// The scalar that a type is, where it is one.
    pub(super) fn scalar(&self, ty: Ty<'db>) -> Result<Scalar, String> {
        match self.memory(ty)?.pass {
            Pass::One(scalar) => Ok(scalar),
            _ => Err(format!("`{}` where a number is expected", self.name(ty))),
        }
    }

    /// Where a field of a struct, tuple or closure is.
    pub(super) fn offset(&self, ty: Ty<'db>, field: usize) -> Result<u64, String> {
        Ok(self.layout(ty)?.fields.offset(field).bytes())
    }

    /// Whether dropping such a value does anything.
    pub(super) fn needs_drop(&self, ty: Ty<'db>) -> bool {
        match ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Ref(..)
            | TyKind::RawPtr(..)
            | TyKind::FnPtr(..)
            | TyKind::FnDef(..)
            | TyKind::Never
            | TyKind::Pat(..)
            | TyKind::Str => false,
            TyKind::Adt(adt, args) => self.adt_needs_drop(adt.def_id(), args),
            TyKind::Tuple(fields) => fields.iter().any(|it| self.needs_drop(it)),
            TyKind::Array(item, _) | TyKind::Slice(item) => self.needs_drop(item),
            TyKind::Closure(_, args) => {
                self.needs_drop(self.normalized(args.as_closure().tupled_upvars_ty()))
            }
            _ => has_drop_glue(&self.infer, ty, self.env.param_env) != DropGlue::None,
        }
    }

    /// As the compiler's own answer, but for types of the library that say that their `Drop` does nothing
    /// where nothing of their arguments needs it.
    fn adt_needs_drop(&self, adt: AdtId, args: GenericArgs<'db>) -> bool {
        if destructor(self.db, adt).is_some() {
            let of_items = matches!(adt, AdtId::StructId(id) if drops_items_only(self.db, id));
            let mut types = args.iter().filter_map(|arg| arg.ty());
            return !of_items || types.any(|it| self.needs_drop(it));
        }
        let of = |variant| {
            let mut fields = self.db.field_types(variant).iter();
            fields.any(|(_, field)| {
                let ty = field.ty().instantiate(self.interner, args).skip_norm_wip();
                self.needs_drop(self.normalized(ty))
            })
        };
        match adt {
            AdtId::UnionId(_) => false,
            AdtId::StructId(id) => {
                let kept = StructFlags::IS_MANUALLY_DROP | StructFlags::IS_PHANTOM_DATA;
                !StructSignature::of(self.db, id).flags.intersects(kept) && of(id.into())
            }
            AdtId::EnumId(id) => id
                .enum_variants(self.db)
                .variants
                .values()
                .any(|(variant, _)| of((*variant).into())),
        }
    }

    /// The function that a call of a trait's method means here, with its arguments.
    pub(super) fn fields_of_tuple(&self, ty: Ty<'db>) -> Option<Vec<Ty<'db>>> {
        match ty.kind() {
            TyKind::Tuple(fields) => Some(fields.iter().collect()),
            _ => None,
        }
    }

    /// Parameters and result of a function of these arguments.
    pub(super) fn signature(
        &self,
        function: FunctionId,
        args: GenericArgs<'db>,
    ) -> (Vec<Ty<'db>>, Ty<'db>) {
        let signature = self.db.callable_item_signature(function.into());
        let signature = signature.instantiate(self.interner, args).skip_norm_wip();
        let signature = self.interner.instantiate_bound_regions_with_erased(signature);
        let inputs = signature.inputs().iter().map(|ty| self.normalized(*ty)).collect();
        (inputs, self.normalized(signature.output()))
    }

    /// The type as people write it.
    pub(super) fn name(&self, ty: Ty<'db>) -> String {
        use ra_ap_hir_ty::display::{DisplayTarget, HirDisplay};
        let target = DisplayTarget::from_crate(self.db, self.env.krate);
        ty.display(self.db, target).to_string()
    }
}

/// Comes back only if this is of a size that can be walked.
fn within_size<'db>(of: &impl TypeVisitable<DbInterner<'db>>, args: Option<GenericArgs<'db>>) {
    if is_too_large(of, args) {
        effort::types_too_large()
    }
}

/// How a value of this layout lies in memory and is passed; `None` for what MIR has no scalar for.
pub(super) fn mir_layout(layout: &TypeLayout) -> Option<Layout> {
    let pass = match layout.backend_repr {
        _ if layout.size.bytes() == 0 => Pass::Nothing,
        BackendRepr::Scalar(scalar) => Pass::One(mir_scalar(scalar)?),
        BackendRepr::ScalarPair(first, second) => {
            let (one, two) = (mir_scalar(first)?, mir_scalar(second)?);
            Pass::Two(one, two, size_of(one).next_multiple_of(size_of(two)))
        }
        BackendRepr::Memory { sized: true } => Pass::Memory,
        _ => return None,
    };
    Some(Layout { size: layout.size.bytes(), align: layout.align.bytes(), pass })
}

fn mir_scalar(scalar: AbiScalar) -> Option<Scalar> {
    mir_primitive(scalar.primitive())
}

pub(super) fn mir_primitive(primitive: Primitive) -> Option<Scalar> {
    Some(match primitive {
        Primitive::Int(Integer::I8, _) => Scalar::I8,
        Primitive::Int(Integer::I16, _) => Scalar::I16,
        Primitive::Int(Integer::I32, _) => Scalar::I32,
        Primitive::Int(Integer::I64, _) => Scalar::I64,
        Primitive::Int(Integer::I128, _) => Scalar::I128,
        Primitive::Float(Float::F32) => Scalar::F32,
        Primitive::Float(Float::F64) => Scalar::F64,
        Primitive::Float(_) => return None,
        Primitive::Pointer(_) => Scalar::Pointer,
    })
}

/// Whether a type's numbers have a sign.
pub(super) fn is_signed(ty: Ty<'_>) -> bool {
    matches!(ty.kind(), TyKind::Int(_))
}

/// Whether a type is a float.
pub(super) fn is_float(ty: Ty<'_>) -> bool {
    matches!(ty.kind(), TyKind::Float(_))
}
