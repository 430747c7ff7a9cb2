//! Trait objects: tables of methods, calls through them, and pointers that gain or change their tables.
//!
//! A table begins with what drops the value (or null), its size and its alignment. Then come, for the trait
//! and all that it requires, the methods that an object has; then, for each trait but the first, the address
//! of the type's table for that one.

use ra_ap_hir_def::{AdtId, FunctionId, GenericDefId, ItemContainerId, Lookup, TraitId};
use ra_ap_hir_ty::dyn_compatibility::generics_require_sized_self;
use ra_ap_hir_ty::next_solver::{Binder, GenericArgs, Region, TraitRef, Ty, TyKind};
use ra_ap_rustc_type_ir::elaborate::supertraits;
use ra_ap_rustc_type_ir::inherent::{BoundExistentialPredicates as _, GenericArgs as _, IntoKind};

use super::super::mir::{
    Abi, Address, Argument, Binary, Callee, Compare, Operand, Place, Scalar, Value,
};
use super::build::at;
use super::call::Target;
use super::code::{Code, Held, HeldValue, Spot, Tail};
use super::{Instance, Result};

/// Where a table has the size and the alignment of the value, and where the methods begin.
const SIZE: u64 = 8;
const ALIGN: u64 = 16;
const METHODS: u64 = 24;

impl<'db> Code<'_, 'db> {
    /// The trait of an object with its arguments, as `own` implements it; `None` of `dyn Send` and the like.
    fn principal(&self, object: Ty<'db>, own: Ty<'db>) -> Option<TraitRef<'db>> {
        let TyKind::Dynamic(bounds, _) = object.kind() else { return None };
        let principal = bounds.principal()?;
        let interner = self.types.interner;
        let principal = interner.instantiate_bound_regions_with_erased(principal);
        Some(self.types.normalized(principal.with_self_ty(interner, own)))
    }

    /// A trait and all that it requires, itself first.
    fn with_supertraits(&self, of: TraitRef<'db>) -> Vec<TraitRef<'db>> {
        let interner = self.types.interner;
        let mut all: Vec<TraitRef<'db>> = Vec::new();
        for found in supertraits(interner, Binder::dummy(of)) {
            let found = interner.instantiate_bound_regions_with_erased(found);
            let found = self.types.normalized(found);
            if !all.contains(&found) {
                all.push(found);
            }
        }
        all
    }

    /// The methods that an object of a trait has, of that trait itself.
    fn object_methods(&self, of: TraitId) -> Vec<FunctionId> {
        let items = of.trait_items(self.db).items.iter();
        let functions = items.filter_map(|(_, item)| match item {
            ra_ap_hir_def::AssocItemId::FunctionId(id) => Some(*id),
            _ => None,
        });
        let on_objects = |id: &FunctionId| {
            !generics_require_sized_self(self.db, GenericDefId::from(*id))
                && self.method_args(*id, None).is_some()
        };
        functions.filter(on_objects).collect()
    }

    /// The arguments of a trait's method that has no parameters but lifetimes; `of` are those of its trait.
    fn method_args(
        &self,
        method: FunctionId,
        of: Option<TraitRef<'db>>,
    ) -> Option<GenericArgs<'db>> {
        let ItemContainerId::TraitId(parent) = method.lookup(self.db).container else {
            return None;
        };
        let interner = self.types.interner;
        let before = GenericArgs::identity_for_item(interner, GenericDefId::from(parent).into());
        let all = GenericArgs::identity_for_item(interner, GenericDefId::from(method).into());
        let own = &all.as_slice()[before.as_slice().len()..];
        if own.iter().any(|arg| arg.region().is_none()) {
            return None;
        }
        let given = of.map_or(before, |of| of.args);
        let erased = own.iter().map(|_| Region::new_erased(interner).into());
        let all: Vec<_> = given.as_slice().iter().copied().chain(erased).collect();
        Some(GenericArgs::new_from_slice(&all))
    }

    /// Where in the table of an object the method of a trait is; `None` where it is not called through one.
    pub(super) fn slot_of(&self, method: FunctionId, args: GenericArgs<'db>) -> Option<u64> {
        let ItemContainerId::TraitId(of) = method.lookup(self.db).container else { return None };
        let own = args.iter().next()?.ty()?;
        let principal = self.principal(own, own)?;
        let mut slot = METHODS;
        let count =
            GenericArgs::identity_for_item(self.types.interner, GenericDefId::from(of).into())
                .as_slice()
                .len();
        let wanted = args.as_slice().get(1..count)?;
        let all = self.with_supertraits(principal);
        let several = all.iter().filter(|it| it.def_id.0 == of).count() > 1;
        for found in all {
            let methods = self.object_methods(found.def_id.0);
            let same = found.def_id.0 == of && (!several || found.args.as_slice()[1..] == *wanted);
            if same {
                let index = methods.iter().position(|it| *it == method)?;
                return Some(slot + index as u64 * 8);
            }
            slot += methods.len() as u64 * 8;
        }
        None
    }

    /// The address of the table of a type for an object's type.
    fn table(&mut self, own: Ty<'db>, object: Ty<'db>) -> Result<Operand> {
        let layout = self.layout(own)?;
        let mut bytes = vec![0; 8];
        bytes.extend(layout.size.to_le_bytes());
        bytes.extend(layout.align.to_le_bytes());
        let mut addresses = Vec::new();
        if self.types.needs_drop(own) {
            addresses.push((0, self.glue_address(own), 0));
        }
        let all = self.principal(object, own).map_or_else(Vec::new, |it| self.with_supertraits(it));
        for of in &all {
            for method in self.object_methods(of.def_id.0) {
                let Some(args) = self.method_args(method, Some(*of)) else { continue };
                let symbol = self.table_entry(method, args)?;
                addresses.push((bytes.len() as u64, Address::Function(symbol), 0));
                bytes.extend([0; 8]);
            }
        }
        let requires: Vec<Ty<'db>> = match all.len() {
            0 | 1 => Vec::new(),
            _ => {
                let object = self.principal(object, object);
                let above = object.map_or_else(Vec::new, |it| self.with_supertraits(it));
                above.iter().skip(1).map(|it| self.object_of(*it)).collect()
            }
        };
        for above in requires {
            let Operand::Address(address, addend) = self.table(own, above)? else { continue };
            addresses.push((bytes.len() as u64, address, addend));
            bytes.extend([0; 8]);
        }
        Ok(self.build.constant(bytes, 8, addresses))
    }

    /// `dyn Trait` of a trait that another object's requires.
    fn object_of(&self, of: TraitRef<'db>) -> Ty<'db> {
        use ra_ap_hir_ty::next_solver::BoundExistentialPredicates;
        use ra_ap_rustc_type_ir::{ExistentialPredicate, ExistentialTraitRef};
        let interner = self.types.interner;
        let erased = ExistentialTraitRef::erase_self_ty(interner, of);
        let predicate = Binder::dummy(ExistentialPredicate::Trait(erased));
        let bounds = BoundExistentialPredicates::new_from_slice(&[predicate]);
        Ty::new(interner, TyKind::Dynamic(bounds, Region::new_erased(interner)))
    }

    /// The function that stands in a table for a method of a type.
    fn table_entry(&mut self, method: FunctionId, args: GenericArgs<'db>) -> Result<String> {
        let by_value = self.takes_value(method, args);
        let instance = match self.target(method, args) {
            Target::Instance(Instance::Function(function, args)) if !by_value => {
                if self.attributes(function).track_caller {
                    Instance::TrackedPointer(function, args)
                } else {
                    Instance::Function(function, args)
                }
            }
            Target::Instance(instance @ Instance::Derived(..)) if !by_value => instance,
            _ => Instance::Virtual(method, args),
        };
        Ok(self.need(instance))
    }

    /// Whether a method takes `self` itself.
    pub(super) fn takes_value(&self, method: FunctionId, args: GenericArgs<'db>) -> bool {
        let own = args.iter().next().and_then(|arg| arg.ty());
        let (inputs, _) = self.types.signature(method, args);
        inputs.first().copied() == own
    }

    /// Calls a method of an object through its table. The first value is the pointer to the object.
    pub(super) fn call_virtual(
        &mut self,
        slot: u64,
        values: &[Held<'db>],
        output: Ty<'db>,
        to: Place,
    ) -> Result<()> {
        let Some((receiver, rest)) = values.split_first() else {
            return Err(self.unsupported("a method of an object without the object"));
        };
        let HeldValue::Memory(receiver) = receiver.value else {
            return Err(self.unsupported("a method of an object that has no table"));
        };
        let address = Operand::Load(Scalar::Pointer, receiver);
        let table = Operand::Load(Scalar::Pointer, at(receiver, 8));
        let table = self.build.behind(table);
        let callee = Operand::Load(Scalar::Pointer, at(table, slot));
        let callee = self.build.value(Scalar::Pointer, Value::Use(callee));
        let mut arguments = vec![Argument::Scalar(Scalar::Pointer, address)];
        arguments.extend(self.arguments(rest)?);
        self.emit_call(Callee::Pointer(callee), Abi::Rust, arguments, output, to)
    }

    /// `&[T; N]` as `&[T]`, `&T` as `&dyn Trait`, and what is like it; also in a struct that holds such a pointer.
    pub(super) fn unsize(
        &mut self,
        from: Place,
        from_ty: Ty<'db>,
        to: Place,
        to_ty: Ty<'db>,
    ) -> Result<()> {
        let target = |ty: Ty<'db>| match ty.kind() {
            TyKind::Ref(_, target, _) | TyKind::RawPtr(target, _) => {
                Some(self.types.normalized(target))
            }
            _ => None,
        };
        if let (TyKind::Pat(from_ty, _), TyKind::Pat(to_ty, _)) = (from_ty.kind(), to_ty.kind()) {
            return self.unsize(from, from_ty, to, to_ty);
        }
        if let (Some(source), Some(target)) = (target(from_ty), target(to_ty)) {
            if source == target {
                return self.copy(from, to, to_ty);
            }
            let old = match self.tail(source) {
                Tail::None => None,
                Tail::Table => Some(Operand::Load(Scalar::Pointer, at(from, 8))),
                Tail::Elements(_) | Tail::Bytes => Some(Operand::Load(Scalar::I64, at(from, 8))),
            };
            let (scalar, meta) = self.unsized_as(source, target, old)?;
            let address = Operand::Load(Scalar::Pointer, from);
            self.build.set(Scalar::Pointer, to, Value::Use(address));
            self.build.set(scalar, at(to, 8), Value::Use(meta));
            return Ok(());
        }
        if let (TyKind::Adt(one, _), TyKind::Adt(other, _)) = (from_ty.kind(), to_ty.kind())
            && let (AdtId::StructId(id), true) = (one.def_id(), one == other)
        {
            let (source, target) = (self.spot(from, from_ty), self.spot(to, to_ty));
            for index in 0..ra_ap_hir_def::VariantId::from(id).fields(self.db).fields().len() {
                let old = self.field_place(&source, index, None)?;
                let new = self.field_place(&target, index, None)?;
                let (old_place, new_place) = (self.place(&old)?, self.place(&new)?);
                if old.ty == new.ty {
                    self.copy(old_place, new_place, new.ty)?;
                } else if self.layout(new.ty)?.size != 0 {
                    self.unsize(old_place, old.ty, new_place, new.ty)?;
                }
            }
            return Ok(());
        }
        let (from, to) = (self.types.name(from_ty), self.types.name(to_ty));
        Err(self.unsupported(format!("`{from}` as `{to}`")))
    }

    /// What a pointer to `source` says beside the address as a pointer to `target`.
    fn unsized_as(
        &mut self,
        source: Ty<'db>,
        target: Ty<'db>,
        old: Option<Operand>,
    ) -> Result<(Scalar, Operand)> {
        match (source.kind(), target.kind()) {
            (TyKind::Array(_, count), TyKind::Slice(_)) => {
                let count = ra_ap_hir_ty::consteval::try_const_usize(self.db, count)
                    .ok_or_else(|| self.unsupported("an array of unknown length"))?;
                Ok((Scalar::I64, Operand::Constant(Scalar::I64, count)))
            }
            (TyKind::Dynamic(..), TyKind::Dynamic(..)) => {
                let old = old.ok_or_else(|| self.unsupported("an object without a table"))?;
                Ok((Scalar::Pointer, self.table_above(source, target, old)?))
            }
            (_, TyKind::Dynamic(..)) => Ok((Scalar::Pointer, self.table(source, target)?)),
            (TyKind::Adt(one, _), TyKind::Adt(other, _)) if one == other => {
                self.check_same_place(source, target)?;
                let (Some(source), Some(target)) =
                    (self.last_field(source), self.last_field(target))
                else {
                    return Err(self.unsupported("a struct without fields as one without a size"));
                };
                self.unsized_as(source, target, old)
            }
            _ => {
                let (from, to) = (self.types.name(source), self.types.name(target));
                Err(self.unsupported(format!("a pointer to `{from}` as one to `{to}`")))
            }
        }
    }

    /// The front end orders fields of a struct by size even where the last one may have no size. That is refused:
    /// a pointer would not find the fields any more.
    fn check_same_place(&self, source: Ty<'db>, target: Ty<'db>) -> Result<()> {
        let layout = |ty| self.types.layout(ty).map_err(|what| self.unsupported(what));
        let (old, new) = (layout(source)?, layout(target)?);
        let align = match self.last_field(source) {
            Some(last) if matches!(self.tail(last), Tail::None) => self.layout(last)?.align,
            _ => 1,
        };
        let (fields, count) = (&old.fields, old.fields.count());
        let same = (0..count).all(|index| {
            let is = new.fields.offset(index).bytes();
            let is = if index + 1 == count { is.next_multiple_of(align) } else { is };
            fields.offset(index).bytes() == is
        });
        if same {
            return Ok(());
        }
        let name = self.types.name(source);
        Err(self.unsupported(format!(
            "`{name}` behind a pointer to the same struct without a size (`#[repr(C)]` helps)"
        )))
    }

    fn last_field(&self, ty: Ty<'db>) -> Option<Ty<'db>> {
        let TyKind::Adt(definition, _) = ty.kind() else { return None };
        let AdtId::StructId(id) = definition.def_id() else { return None };
        let count = ra_ap_hir_def::VariantId::from(id).fields(self.db).fields().len();
        self.field_ty(id.into(), count.checked_sub(1)?, ty).ok()
    }

    /// The table for an object's type that another object's trait requires.
    fn table_above(&mut self, source: Ty<'db>, target: Ty<'db>, table: Operand) -> Result<Operand> {
        let (Some(own), Some(above)) =
            (self.principal(source, source), self.principal(target, source))
        else {
            return Ok(table);
        };
        if own == above || own.def_id == above.def_id {
            return Ok(table);
        }
        let all = self.with_supertraits(own);
        let methods: usize = all.iter().map(|it| self.object_methods(it.def_id.0).len()).sum();
        let index = all
            .iter()
            .skip(1)
            .position(|it| *it == above)
            .or_else(|| all.iter().skip(1).position(|it| it.def_id == above.def_id));
        let index = index.ok_or_else(|| self.unsupported("an object as one of another trait"))?;
        let offset = METHODS + (methods + index) as u64 * 8;
        let table = self.build.behind(table);
        let above = Operand::Load(Scalar::Pointer, at(table, offset));
        Ok(self.build.value(Scalar::Pointer, Value::Use(above)))
    }

    /// What pointers to this say beside an address, as a scalar.
    pub(super) fn tail_scalar(&self, ty: Ty<'db>) -> Scalar {
        match self.tail(ty) {
            Tail::Table => Scalar::Pointer,
            _ => Scalar::I64,
        }
    }

    /// Size and alignment of a value that a pointer with this beside its address points to.
    pub(super) fn size_and_align(
        &mut self,
        ty: Ty<'db>,
        beside: Option<&Operand>,
    ) -> Result<(Operand, Operand)> {
        let constant = |value: u64| Operand::Constant(Scalar::I64, value.into());
        let missing = |code: &Self| code.unsupported("the size of a value of such a type");
        match ty.kind() {
            TyKind::Slice(element) => {
                let layout = self.layout(self.types.normalized(element))?;
                let length = beside.cloned().ok_or_else(|| missing(self))?;
                let size = Value::Binary(Binary::Multiply, length, constant(layout.size));
                Ok((self.build.value(Scalar::I64, size), constant(layout.align)))
            }
            TyKind::Str => Ok((beside.cloned().ok_or_else(|| missing(self))?, constant(1))),
            TyKind::Dynamic(..) => {
                let table = beside.cloned().ok_or_else(|| missing(self))?;
                let table = self.build.behind(table);
                let load = |offset| Operand::Load(Scalar::I64, at(table, offset));
                Ok((load(SIZE), load(ALIGN)))
            }
            _ if matches!(self.tail(ty), Tail::None) => {
                let layout = self.layout(ty)?;
                Ok((constant(layout.size), constant(layout.align)))
            }
            TyKind::Adt(..) => {
                let last = self.last_field(ty).ok_or_else(|| missing(self))?;
                let (size, align) = self.size_and_align(last, beside)?;
                let layout = self.types.layout(ty).map_err(|what| self.unsupported(what))?;
                let offset = layout.fields.offset(layout.fields.count() - 1).bytes();
                let start = self.rounded(constant(offset), align.clone());
                let end = self.build.value(Scalar::I64, Value::Binary(Binary::Add, start, size));
                let own = constant(layout.align.bytes());
                let how = Compare::LessUnsigned;
                let less = self.build.compare(how, Scalar::I64, align.clone(), own.clone());
                let align = self.build.value(Scalar::I64, Value::Select(less, own, align));
                Ok((self.rounded(end, align.clone()), align))
            }
            _ => Err(missing(self)),
        }
    }

    /// The next multiple of a power of two.
    fn rounded(&mut self, value: Operand, to: Operand) -> Operand {
        let binary =
            |code: &mut Self, op, a, b| code.build.value(Scalar::I64, Value::Binary(op, a, b));
        let one = Operand::Constant(Scalar::I64, 1);
        let mask = binary(self, Binary::Subtract, to, one);
        let more = binary(self, Binary::Add, value, mask.clone());
        let ones = Operand::Constant(Scalar::I64, u128::from(u64::MAX));
        let mask = binary(self, Binary::Xor, mask, ones);
        binary(self, Binary::And, more, mask)
    }

    /// The last field of a struct, where where it is depends on what is in it.
    pub(super) fn field_behind_table(
        &mut self,
        spot: &Spot<'db>,
        ty: Ty<'db>,
        offset: u64,
    ) -> Result<Spot<'db>> {
        let (_, align) = self.size_and_align(ty, spot.length.as_ref())?;
        let offset = self.rounded(Operand::Constant(Scalar::I64, offset.into()), align);
        let base = self.place(spot)?;
        let address = self.build.address_of(base);
        let address = self.offset_address(address, offset, 1);
        let place = self.build.behind(address);
        Ok(Spot { length: spot.length.clone(), ..self.spot(place, ty) })
    }
}
