//! What `#[derive]` writes, and `Clone` of tuples, arrays and closures.
//!
//! rust-analyzer does not expand these derives; their methods are written here as MIR, field by field.

use ra_ap_hir_def::builtin_derive::BuiltinDeriveImplMethod as Method;
use ra_ap_hir_def::{AdtId, BuiltinDeriveImplId, EnumVariantId, Lookup, VariantId};
use ra_ap_hir_ty::db::HirDatabase;
use ra_ap_hir_ty::next_solver::{GenericArg, GenericArgs, Mutability, Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::{GenericArgs as _, IntoKind};

use super::super::mir::{BlockId, Compare, End, Operand, Place, Scalar};
use super::code::{Code, Held, Spot};
use super::enums::Truth;
use super::shim::written;
use super::{Checks, Instance, Lowered, Program, Result};

pub(super) fn derived<'db>(
    db: &'db dyn HirDatabase,
    program: &dyn Program<'db>,
    derived: BuiltinDeriveImplId,
    method: Method,
    args: GenericArgs<'db>,
    checks: Checks,
) -> Result<Lowered<'db>> {
    let code = Code::new(db, program, args, checks);
    let adt = derived.loc(db).adt;
    let count = ra_ap_hir_ty::builtin_derive::generic_params_count(db, derived);
    let own = GenericArgs::new_from_slice(&args.as_slice()[..count.min(args.as_slice().len())]);
    let ty = code.types.normalized(Ty::new_adt(code.types.interner, adt, own));
    let function = method.trait_method(db, derived);
    let function = function.ok_or_else(|| code.unsupported("a derive without its trait"))?;
    let both = matches!(method, Method::eq | Method::partial_cmp);
    let mut generics: Vec<GenericArg<'db>> = vec![ty.into()];
    if both {
        generics.push(ty.into());
    }
    generics.extend(args.as_slice().iter().skip(count).copied());
    let generics = GenericArgs::new_from_slice(&generics);
    let (inputs, output) = code.types.signature(function, generics);
    let instance = Instance::Derived(derived, method, args);
    written(code, instance, &inputs, output, |code, values, to| {
        let mut spots = Vec::new();
        for value in &values {
            let place = code.in_memory(value)?;
            if matches!(value.ty.kind(), TyKind::Ref(..)) {
                spots.push(code.pointee(place, value.ty)?);
            }
        }
        match (method, spots.as_slice()) {
            (Method::clone, [own]) => code.clone_fields(own, adt, to),
            (Method::eq, [a, b]) => code.equal_fields(a, b, adt, to),
            (Method::cmp | Method::partial_cmp, [a, b]) => {
                code.compare_fields(a, b, adt, (method, output), to)
            }
            (Method::hash, [own, ..]) => code.hash_fields(own, adt, &values, generics),
            (Method::default, _) => code.default_fields(ty, adt, to),
            (Method::fmt, [own, formatter]) => {
                let formatter = code.reference_to(formatter, Mutability::Mut)?;
                code.debug_fields(own, adt, formatter, to)
            }
            _ => Err(code.unsupported("a derive of this kind")),
        }
    })
}

pub(super) fn clone<'db>(
    db: &'db dyn HirDatabase,
    program: &dyn Program<'db>,
    ty: Ty<'db>,
    checks: Checks,
) -> Result<Lowered<'db>> {
    let interner = ra_ap_hir_ty::next_solver::DbInterner::new_with(db, program.live_crate());
    let code = Code::new(db, program, GenericArgs::empty(interner), checks);
    let input = code.reference(ty, Mutability::Not);
    written(code, Instance::Clone(ty), &[input], ty, |code, values, to| {
        let place = code.in_memory(&values[0])?;
        let own = code.pointee(place, input)?;
        let fields: Vec<Ty<'db>> = match ty.kind() {
            TyKind::Tuple(fields) => fields.iter().collect(),
            TyKind::Closure(_, args) => {
                let tuple = args.as_closure().tupled_upvars_ty();
                code.types.fields_of_tuple(tuple).unwrap_or_default()
            }
            _ => return Err(code.unsupported("`clone` of such a type")),
        };
        let from = code.place(&own)?;
        for (index, field) in fields.into_iter().enumerate() {
            let offset = code.types.offset(ty, index).map_err(|what| code.unsupported(what))?;
            let from = code.spot(super::build::at(from, offset), code.types.normalized(field));
            code.clone_one(&from, super::build::at(to, offset))?;
        }
        Ok(())
    })
}

impl<'db> Code<'_, 'db> {
    pub(super) fn is_copy(&self, ty: Ty<'db>) -> bool {
        self.types.infer.type_is_copy_modulo_regions(self.types.env.param_env, ty)
    }

    /// `to = place.clone()`.
    fn clone_one(&mut self, from: &Spot<'db>, to: Place) -> Result<()> {
        if self.is_copy(from.ty) {
            let place = self.place(from)?;
            return self.copy(place, to, from.ty);
        }
        let method = self.method_of(self.lang().Clone, "clone")?;
        let args = GenericArgs::new_from_slice(&[from.ty.into()]);
        let reference = self.reference_to(from, Mutability::Not)?;
        self.call_function(method, args, vec![reference], to)
    }

    /// The variants of an ADT (one, of a struct), each in the block to which its values come.
    pub(super) fn each_variant(
        &mut self,
        own: &Spot<'db>,
        adt: AdtId,
        mut write: impl FnMut(&mut Self, VariantId) -> Result<()>,
    ) -> Result<()> {
        let id = match adt {
            AdtId::StructId(id) => return write(self, id.into()),
            AdtId::UnionId(_) => return Err(self.unsupported("deriving for unions")),
            AdtId::EnumId(id) => id,
        };
        let end = self.build.block();
        let place = self.place(own)?;
        for variant in self.variants(id) {
            let next = self.build.block();
            match self.is_variant(place, own.ty, variant)? {
                Truth::Always => {}
                Truth::Never => continue,
                Truth::If(is) => self.build.check(is, next),
            }
            write(self, variant.into())?;
            self.build.goto(end);
            self.build.start(next);
        }
        self.build.end(End::Unreachable);
        self.build.start(end);
        Ok(())
    }

    fn clone_fields(&mut self, own: &Spot<'db>, adt: AdtId, to: Place) -> Result<()> {
        if self.is_copy(own.ty) {
            let from = self.place(own)?;
            return self.copy(from, to, own.ty);
        }
        let target = self.spot(to, own.ty);
        self.each_variant(own, adt, |code, variant| {
            for index in 0..variant.fields(code.db).fields().len() {
                let from = code.field_place(own, index, Some(variant))?;
                let field = code.field_place(&target, index, Some(variant))?;
                let place = code.place(&field)?;
                code.clone_one(&from, place)?;
            }
            if let VariantId::EnumVariantId(variant) = variant {
                code.set_variant(to, own.ty, variant)?;
            }
            Ok(())
        })
    }

    /// The numbers of the variants of two values.
    fn numbers(&mut self, a: &Spot<'db>, b: &Spot<'db>) -> Result<(Operand, Operand)> {
        let (first, second) = (self.place(a)?, self.place(b)?);
        let first = self.discriminant(first, a.ty, Scalar::I64)?;
        let second = self.discriminant(second, b.ty, Scalar::I64)?;
        Ok((first, second))
    }

    fn equal_fields(&mut self, a: &Spot<'db>, b: &Spot<'db>, adt: AdtId, to: Place) -> Result<()> {
        let (differ, end) = (self.build.block(), self.build.block());
        if let AdtId::EnumId(_) = adt {
            let (first, second) = self.numbers(a, b)?;
            let same = self.build.compare(Compare::Equal, Scalar::I64, first, second);
            self.build.check(same, differ);
        }
        self.each_variant(a, adt, |code, variant| {
            for index in 0..variant.fields(code.db).fields().len() {
                let first = code.field_place(a, index, Some(variant))?;
                let second = code.field_place(b, index, Some(variant))?;
                let equal = code.equal(&first, &second)?;
                code.build.check(equal, differ);
            }
            Ok(())
        })?;
        self.assign(Scalar::I8, to, Operand::Constant(Scalar::I8, 1));
        self.build.goto(end);
        self.build.start(differ);
        self.assign(Scalar::I8, to, Operand::Constant(Scalar::I8, 0));
        self.build.goto(end);
        self.build.start(end);
        Ok(())
    }

    fn equal(&mut self, a: &Spot<'db>, b: &Spot<'db>) -> Result<Operand> {
        if self.is_builtin_comparison(a.ty, b.ty) {
            let scalar = self.scalar(a.ty)?;
            let first = Operand::Load(scalar, self.place(a)?);
            let second = Operand::Load(scalar, self.place(b)?);
            let how = ra_ap_hir_def::hir::CmpOp::Eq { negated: false };
            return self.comparison(how, a.ty, first, second);
        }
        self.equal_by_trait(a, b)
    }

    /// The variant of an enum of `core` by its name.
    fn variant_named(&self, ty: Ty<'db>, name: &str) -> Result<EnumVariantId> {
        let id = self.enum_of(ty).ok_or_else(|| self.unsupported("an ordering that is no enum"))?;
        let variants = id.enum_variants(self.db);
        let found = variants.variants.iter().find(|(it, _)| it.as_str() == name);
        found.map(|(_, (id, _))| *id).ok_or_else(|| self.unsupported("an ordering without it"))
    }

    /// Writes `Ordering::<name>`, or `Some` of it.
    fn set_ordering(&mut self, ty: Ty<'db>, name: &str, to: Place) -> Result<()> {
        let Some(some) = self.some_of(ty)? else {
            let variant = self.variant_named(ty, name)?;
            return self.set_variant(to, ty, variant);
        };
        let whole = self.spot(to, ty);
        let field = self.field_place(&whole, 0, Some(some.into()))?;
        let place = self.place(&field)?;
        let variant = self.variant_named(field.ty, name)?;
        self.set_variant(place, field.ty, variant)?;
        self.set_variant(to, ty, some)
    }

    fn some_of(&self, ty: Ty<'db>) -> Result<Option<EnumVariantId>> {
        let is_option = self.enum_of(ty).is_some() && self.enum_of(ty) == self.lang().Option;
        if is_option { self.variant_named(ty, "Some").map(Some) } else { Ok(None) }
    }

    /// Goes to `otherwise` where an ordering (or `Some` of one) is not `Equal`.
    fn unless_ordered_equal(&mut self, ty: Ty<'db>, at: Place, otherwise: BlockId) -> Result<()> {
        let (mut ty, mut at) = (ty, at);
        if let Some(some) = self.some_of(ty)? {
            if let Truth::If(is) = self.is_variant(at, ty, some)? {
                self.build.check(is, otherwise);
            }
            let whole = self.spot(at, ty);
            let field = self.field_place(&whole, 0, Some(some.into()))?;
            (at, ty) = (self.place(&field)?, field.ty);
        }
        let equal = self.variant_named(ty, "Equal")?;
        if let Truth::If(is) = self.is_variant(at, ty, equal)? {
            self.build.check(is, otherwise);
        }
        Ok(())
    }

    fn compare_fields(
        &mut self,
        a: &Spot<'db>,
        b: &Spot<'db>,
        adt: AdtId,
        (method, output): (Method, Ty<'db>),
        to: Place,
    ) -> Result<()> {
        let end = self.build.block();
        if let AdtId::EnumId(_) = adt {
            let (first, second) = self.numbers(a, b)?;
            let (not_less, same) = (self.build.block(), self.build.block());
            let how = Compare::LessSigned;
            let less = self.build.compare(how, Scalar::I64, first.clone(), second.clone());
            self.build.check(less, not_less);
            self.set_ordering(output, "Less", to)?;
            self.build.goto(end);
            self.build.start(not_less);
            let greater = self.build.compare(how, Scalar::I64, second, first);
            self.build.check(greater, same);
            self.set_ordering(output, "Greater", to)?;
            self.build.goto(end);
            self.build.start(same);
        }
        let (of, name) = match method {
            Method::cmp => (self.lang().Ord, "cmp"),
            _ => (self.lang().PartialOrd, "partial_cmp"),
        };
        let function = self.method_of(of, name)?;
        self.each_variant(a, adt, |code, variant| {
            for index in 0..variant.fields(code.db).fields().len() {
                let first = code.field_place(a, index, Some(variant))?;
                let second = code.field_place(b, index, Some(variant))?;
                let args: &[GenericArg<'db>] = &[first.ty.into(), first.ty.into()];
                let args = if method == Method::cmp { &args[..1] } else { args };
                let args = GenericArgs::new_from_slice(args);
                let first = code.reference_to(&first, Mutability::Not)?;
                let second = code.reference_to(&second, Mutability::Not)?;
                code.call_function(function, args, vec![first, second], to)?;
                code.unless_ordered_equal(output, to, end)?;
            }
            Ok(())
        })?;
        self.set_ordering(output, "Equal", to)?;
        self.build.goto(end);
        self.build.start(end);
        Ok(())
    }

    fn hash_fields(
        &mut self,
        own: &Spot<'db>,
        adt: AdtId,
        values: &[Held<'db>],
        generics: GenericArgs<'db>,
    ) -> Result<()> {
        let function = self.method_of(self.lang().Hash, "hash")?;
        let hasher = generics.as_slice().last().copied();
        let (Some(hasher), [_, state]) = (hasher, values) else {
            return Err(self.unsupported("`hash` with other arguments"));
        };
        if let AdtId::EnumId(_) = adt {
            let ty = self.types.interner.default_types().types.isize;
            let place = self.place(own)?;
            let number = self.discriminant(place, own.ty, Scalar::I64)?;
            let number = self.held_scalar(ty, number)?;
            let place = self.in_memory(&number)?;
            let place = self.spot(place, ty);
            let reference = self.reference_to(&place, Mutability::Not)?;
            let args = GenericArgs::new_from_slice(&[ty.into(), hasher]);
            let nowhere = self.build.temporary(super::build::NO_LAYOUT);
            self.call_function(function, args, vec![reference, state.clone()], nowhere)?;
        }
        self.each_variant(own, adt, |code, variant| {
            for index in 0..variant.fields(code.db).fields().len() {
                let field = code.field_place(own, index, Some(variant))?;
                let args = GenericArgs::new_from_slice(&[field.ty.into(), hasher]);
                let reference = code.reference_to(&field, Mutability::Not)?;
                let nowhere = code.build.temporary(super::build::NO_LAYOUT);
                code.call_function(function, args, vec![reference, state.clone()], nowhere)?;
            }
            Ok(())
        })
    }

    fn default_fields(&mut self, ty: Ty<'db>, adt: AdtId, to: Place) -> Result<()> {
        let variant: VariantId = match adt {
            AdtId::StructId(id) => id.into(),
            AdtId::EnumId(id) => {
                let marked = self.variants(id).into_iter().find(|it| self.is_default(*it));
                marked.ok_or_else(|| self.unsupported("an enum without a default"))?.into()
            }
            AdtId::UnionId(_) => return Err(self.unsupported("deriving for unions")),
        };
        let function = self.method_of(self.lang().Default, "default")?;
        let own = self.spot(to, ty);
        for index in 0..variant.fields(self.db).fields().len() {
            let field = self.field_place(&own, index, Some(variant))?;
            let place = self.place(&field)?;
            let args = GenericArgs::new_from_slice(&[field.ty.into()]);
            self.call_function(function, args, Vec::new(), place)?;
        }
        match variant {
            VariantId::EnumVariantId(variant) => self.set_variant(to, ty, variant),
            _ => Ok(()),
        }
    }

    fn is_default(&self, variant: EnumVariantId) -> bool {
        use ra_ap_hir_def::src::HasSource;
        use ra_ap_syntax::ast::HasAttrs;
        let source = variant.lookup(self.db).source(self.db);
        source.value.attrs().any(|it| it.to_string().replace(' ', "") == "#[default]")
    }
}
