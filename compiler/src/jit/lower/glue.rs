//! What dropping a value of a type means: its own `Drop` first, then its fields.

use std::collections::BTreeMap;

use ra_ap_hir_def::{AdtId, VariantId};
use ra_ap_hir_ty::db::HirDatabase;
use ra_ap_hir_ty::drop::destructor;
use ra_ap_hir_ty::next_solver::{GenericArgs, Mutability, Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::{GenericArgs as _, IntoKind};

use super::super::mir::{
    Abi, Address, Argument, BlockId, Call, Callee, Compare, End, LocalId, Operand, Place, Scalar,
    Value,
};
use super::build::{NO_LAYOUT, at};
use super::code::{Code, Spot};
use super::drops::{Step, What};
use super::enums::Truth;
use super::shim::written;
use super::{Checks, Instance, Lowered, Program, Result};

/// The function that drops what a pointer points to.
pub(super) fn glue<'db>(
    db: &'db dyn HirDatabase,
    program: &dyn Program<'db>,
    ty: Ty<'db>,
    checks: Checks,
) -> Result<Lowered<'db>> {
    let interner = ra_ap_hir_ty::next_solver::DbInterner::new_with(db, program.live_crate());
    let code = Code::new(db, program, GenericArgs::empty(interner), checks);
    let input = code.reference(ty, Mutability::Mut);
    let unit = code.types.interner.default_types().types.unit;
    written(code, Instance::Drop(ty), &[input], unit, |code, values, _| {
        let place = code.in_memory(&values[0])?;
        let own = code.pointee(place, input)?;
        code.open_scope();
        code.drop_contents(&own)?;
        code.close_scope();
        Ok(())
    })
}

impl<'db> Code<'_, 'db> {
    pub(super) fn is_box(&self, ty: Ty<'db>) -> bool {
        matches!(ty.kind(), TyKind::Adt(definition, _)
            if matches!(definition.def_id(), AdtId::StructId(id) if Some(id) == self.lang().OwnedBox))
    }

    /// What a box holds, and the pointer to it in the box.
    pub(super) fn content(&mut self, place: Place, ty: Ty<'db>) -> Result<Spot<'db>> {
        let TyKind::Adt(_, args) = ty.kind() else {
            return Err(self.unsupported("a box that is none"));
        };
        let inner = args.iter().next().and_then(|arg| arg.ty());
        let inner = inner.ok_or_else(|| self.unsupported("a box of nothing"))?;
        let pointer = self.reference(inner, Mutability::Mut);
        self.pointee(place, pointer)
    }

    /// Writes what dropping this value does, part by part.
    fn drop_contents(&mut self, own: &Spot<'db>) -> Result<()> {
        match own.ty.kind() {
            TyKind::Adt(definition, _) => self.drop_adt(own, definition.def_id()),
            TyKind::Tuple(fields) => self.guard_fields(own, None, fields.iter().count()),
            TyKind::Closure(_, args) => {
                let types = args.as_closure().tupled_upvars_ty();
                let types = self.types.normalized(types);
                let types = self.types.fields_of_tuple(types).unwrap_or_default();
                let place = self.place(own)?;
                for (index, ty) in types.into_iter().enumerate().rev() {
                    let offset = self.types.offset(own.ty, index);
                    let offset = offset.map_err(|what| self.unsupported(what))?;
                    self.guard(at(place, offset), self.types.normalized(ty));
                }
                Ok(())
            }
            TyKind::Array(..) | TyKind::Slice(_) => self.drop_elements(own),
            TyKind::Dynamic(..) => self.drop_object(own),
            _ => {
                let name = self.types.name(own.ty);
                Err(self.unsupported(format!("dropping a value of type `{name}`")))
            }
        }
    }

    fn drop_adt(&mut self, own: &Spot<'db>, adt: AdtId) -> Result<()> {
        let place = self.place(own)?;
        if self.is_box(own.ty) {
            self.guard_what(What::Memory(place, own.ty));
            let content = self.content(place, own.ty)?;
            return self.drop_spot(&content);
        }
        let variants: Vec<VariantId> = match adt {
            AdtId::StructId(id) => vec![id.into()],
            AdtId::UnionId(_) => Vec::new(),
            AdtId::EnumId(id) => self.variants(id).into_iter().map(Into::into).collect(),
        };
        if let (AdtId::EnumId(_), true) = (adt, destructor(self.db, adt).is_some()) {
            // The fields are those of the variant that is there afterwards.
            self.call_destructor(own)?;
        }
        if let AdtId::EnumId(_) = adt {
            let end = self.build.block();
            for variant in variants {
                let VariantId::EnumVariantId(id) = variant else { continue };
                let next = self.build.block();
                match self.is_variant(place, own.ty, id)? {
                    Truth::Always => {}
                    Truth::Never => continue,
                    Truth::If(is) => self.build.check(is, next),
                }
                self.enter_region();
                self.open_scope();
                self.guard_fields(own, Some(variant), variant.fields(self.db).fields().len())?;
                self.close_scope();
                self.leave_region();
                self.build.goto(end);
                self.build.start(next);
            }
            self.build.goto(end);
            self.build.start(end);
            return Ok(());
        }
        for variant in variants {
            self.guard_fields(own, Some(variant), variant.fields(self.db).fields().len())?;
        }
        match destructor(self.db, adt) {
            Some(_) => self.call_destructor(own),
            None => Ok(()),
        }
    }

    /// `Drop::drop`.
    fn call_destructor(&mut self, own: &Spot<'db>) -> Result<()> {
        let method = self.method_of(self.lang().Drop, "drop")?;
        let reference = self.reference_to(own, Mutability::Mut)?;
        let args = GenericArgs::new_from_slice(&[own.ty.into()]);
        let nowhere = self.build.temporary(NO_LAYOUT);
        self.call_function(method, args, vec![reference], nowhere)
    }

    /// The fields are dropped at the end of the scope, the first one first.
    fn guard_fields(
        &mut self,
        own: &Spot<'db>,
        variant: Option<VariantId>,
        count: usize,
    ) -> Result<()> {
        for index in (0..count).rev() {
            let field = self.field_place(own, index, variant)?;
            if !self.types.needs_drop(field.ty) {
                continue;
            }
            if field.length.is_some() {
                return Err(self.unsupported("dropping a field without a size"));
            }
            let place = self.place(&field)?;
            self.guard(place, field.ty);
        }
        Ok(())
    }

    /// Elements one by one, by a function of the library: the rest is dropped even if one of them panics.
    fn drop_elements(&mut self, own: &Spot<'db>) -> Result<()> {
        let (ty, count) = self.elements(own)?;
        let place = self.place(own)?;
        let address = self.build.address_of(place);
        let function = self.library_function("ptr", "drop_elements")?;
        let args = GenericArgs::new_from_slice(&[ty.into()]);
        let (inputs, _) = self.types.signature(function, args);
        let [pointer, length] = inputs.as_slice() else {
            return Err(self.unsupported("`drop_elements` with other parameters"));
        };
        let values = vec![self.held_scalar(*pointer, address)?, self.held_scalar(*length, count)?];
        let nowhere = self.build.temporary(NO_LAYOUT);
        self.call_function(function, args, values, nowhere)
    }

    /// A function of the library's that only the compiler calls.
    pub(super) fn library_function(
        &self,
        module: &str,
        name: &str,
    ) -> Result<ra_ap_hir_def::FunctionId> {
        use ra_ap_hir_def::{HasModule, ModuleDefId};
        let symbol = |text| {
            ra_ap_hir_expand::name::Name::new_symbol_root(ra_ap_intern::Symbol::intern(text))
        };
        let find = || {
            let krate = self.lang().Sized?.krate(self.db);
            let map = ra_ap_hir_def::nameres::crate_def_map(self.db, krate);
            let root = &map[map.root_module_id()];
            let inner = root.children.get(&symbol(module))?;
            match map[*inner].scope.get(&symbol(name)).take_values()? {
                ModuleDefId::FunctionId(id) => Some(id),
                _ => None,
            }
        };
        find().ok_or_else(|| self.unsupported(format!("`{name}` without a `core` that has it")))
    }

    /// What the table of an object says.
    fn drop_object(&mut self, own: &Spot<'db>) -> Result<()> {
        let table = own.length.clone();
        let table = table.ok_or_else(|| self.unsupported("an object without a table"))?;
        let table = self.build.behind(table);
        let glue = Operand::Load(Scalar::Pointer, table);
        let glue = self.build.value(Scalar::Pointer, Value::Use(glue));
        let null = Operand::Constant(Scalar::Pointer, 0);
        let some = self.build.compare(Compare::NotEqual, Scalar::Pointer, glue.clone(), null);
        let (call, end) = (self.build.block(), self.build.block());
        self.build.end(End::Branch(some, call, end));
        self.build.start(call);
        let place = self.place(own)?;
        let address = self.build.address_of(place);
        let arguments = vec![Argument::Scalar(Scalar::Pointer, address)];
        let unit = self.types.interner.default_types().types.unit;
        let nowhere = self.build.temporary(NO_LAYOUT);
        self.emit_call(Callee::Pointer(glue), Abi::Rust, arguments, unit, nowhere)?;
        self.build.goto(end);
        self.build.start(end);
        Ok(())
    }

    /// Drops what a pointer points to.
    pub(super) fn drop_spot(&mut self, spot: &Spot<'db>) -> Result<()> {
        if !self.types.needs_drop(spot.ty) {
            return Ok(());
        }
        let callee = Callee::Function(self.need(Instance::Drop(spot.ty)));
        let pointer = self.reference_to(spot, Mutability::Mut)?;
        let arguments = self.arguments(&[pointer])?;
        let unit = self.types.interner.default_types().types.unit;
        let nowhere = self.build.temporary(NO_LAYOUT);
        self.emit_call(callee, Abi::Rust, arguments, unit, nowhere)
    }

    /// What tables and pointers have for dropping a value of this type.
    pub(super) fn glue_address(&mut self, ty: Ty<'db>) -> Address {
        Address::Function(self.need(Instance::Drop(ty)))
    }

    /// Calls a function with a pointer, with drops of the caller's choice when it unwinds.
    fn call_with_pointer(&mut self, symbol: String, place: Place, unwind: Option<BlockId>) {
        let address = self.build.address_of(place);
        let nowhere = self.build.temporary(NO_LAYOUT);
        let then = self.build.block();
        self.build.end(End::Call(Box::new(Call {
            callee: Callee::Function(symbol),
            abi: Abi::Rust,
            arguments: vec![Argument::Scalar(Scalar::Pointer, address)],
            result: (nowhere, NO_LAYOUT),
            then: Some(then),
            unwind,
        })));
        self.build.start(then);
    }

    pub(super) fn drop_whole(
        &mut self,
        place: Place,
        ty: Ty<'db>,
        unwind: Option<BlockId>,
    ) -> Result<()> {
        if self.types.needs_drop(ty) {
            let symbol = self.need(Instance::Drop(ty));
            self.call_with_pointer(symbol, place, unwind);
        }
        Ok(())
    }

    /// Frees the memory of a box.
    pub(super) fn drop_memory(
        &mut self,
        place: Place,
        ty: Ty<'db>,
        unwind: Option<BlockId>,
    ) -> Result<()> {
        let method = self.method_of(self.lang().Drop, "drop")?;
        let args = GenericArgs::new_from_slice(&[ty.into()]);
        let super::call::Target::Instance(instance) = self.target(method, args) else {
            return Err(self.unsupported("`Drop` of a box"));
        };
        let symbol = self.need(instance);
        self.call_with_pointer(symbol, place, unwind);
        Ok(())
    }

    /// Drops a part of a local, but for the parts of it that are gone.
    pub(super) fn drop_part(
        &mut self,
        flags: &BTreeMap<Vec<Step>, LocalId>,
        steps: &[Step],
        place: Place,
        ty: Ty<'db>,
        unwind: Option<BlockId>,
    ) -> Result<()> {
        if !self.types.needs_drop(ty) {
            return Ok(());
        }
        let skip = self.build.block();
        if let Some(flag) = flags.get(steps) {
            let gone = Operand::Load(Scalar::I8, super::build::here(*flag));
            let there = self.build.not(gone);
            self.build.check(there, skip);
        }
        let below: Vec<Step> = {
            let inside = flags.keys().filter(|it| it.starts_with(steps) && it.len() > steps.len());
            inside.map(|it| it[steps.len()]).collect()
        };
        if below.is_empty() {
            self.drop_whole(place, ty, unwind)?;
        } else {
            self.drop_open(flags, steps, &below, (place, ty), unwind)?;
        }
        self.build.goto(skip);
        self.build.start(skip);
        Ok(())
    }

    /// The same where some of what it consists of may be gone.
    fn drop_open(
        &mut self,
        flags: &BTreeMap<Vec<Step>, LocalId>,
        steps: &[Step],
        below: &[Step],
        (place, ty): (Place, Ty<'db>),
        unwind: Option<BlockId>,
    ) -> Result<()> {
        let own = self.spot(place, ty);
        let deeper = |step: Step| [steps, &[step]].concat();
        let count = match ty.kind() {
            _ if self.is_box(ty) => {
                let content = self.content(place, ty)?;
                let inside = self.place(&content)?;
                self.drop_part(flags, &deeper(Step::Content), inside, content.ty, unwind)?;
                return self.drop_memory(place, ty, unwind);
            }
            TyKind::Adt(definition, _) => {
                let adt = definition.def_id();
                if destructor(self.db, adt).is_some() {
                    let name = self.types.name(ty);
                    return Err(self.unsupported(format!(
                        "moving out of a value of type `{name}`, which implements `Drop`"
                    )));
                }
                match adt {
                    AdtId::StructId(id) => VariantId::from(id).fields(self.db).fields().len(),
                    AdtId::UnionId(_) => return Ok(()),
                    AdtId::EnumId(_) => {
                        return self.drop_open_enum(flags, steps, below, &own, unwind);
                    }
                }
            }
            TyKind::Tuple(fields) => fields.iter().count(),
            TyKind::Closure(_, args) => {
                let types = self.types.normalized(args.as_closure().tupled_upvars_ty());
                let types = self.types.fields_of_tuple(types).unwrap_or_default();
                for (index, ty) in types.into_iter().enumerate() {
                    let offset = self.types.offset(own.ty, index);
                    let offset = offset.map_err(|what| self.unsupported(what))?;
                    let steps = deeper(Step::Field(None, index));
                    let ty = self.types.normalized(ty);
                    self.drop_part(flags, &steps, at(place, offset), ty, unwind)?;
                }
                return Ok(());
            }
            TyKind::Array(..) => {
                let (element, count) = self.elements(&own)?;
                let Operand::Constant(_, count) = count else { return Ok(()) };
                for index in 0..count as u64 {
                    let number = Operand::Constant(Scalar::I64, index.into());
                    let one = self.element_at(place, number, element)?;
                    let inside = self.place(&one)?;
                    let steps = deeper(Step::Element(index));
                    self.drop_part(flags, &steps, inside, element, unwind)?;
                }
                return Ok(());
            }
            _ => return Err(self.unsupported("moving out of a value of this kind")),
        };
        for index in 0..count {
            let field = self.field_place(&own, index, None)?;
            let inside = self.place(&field)?;
            let steps = deeper(Step::Field(None, index));
            self.drop_part(flags, &steps, inside, field.ty, unwind)?;
        }
        Ok(())
    }

    fn drop_open_enum(
        &mut self,
        flags: &BTreeMap<Vec<Step>, LocalId>,
        steps: &[Step],
        below: &[Step],
        own: &Spot<'db>,
        unwind: Option<BlockId>,
    ) -> Result<()> {
        let Some(id) = self.enum_of(own.ty) else { return Ok(()) };
        let place = self.place(own)?;
        let end = self.build.block();
        for variant in self.variants(id) {
            let is_open =
                below.iter().any(|it| matches!(it, Step::Field(Some(id), _) if *id == variant));
            if !is_open {
                continue;
            }
            let next = self.build.block();
            match self.is_variant(place, own.ty, variant)? {
                Truth::Always => {}
                Truth::Never => continue,
                Truth::If(is) => self.build.check(is, next),
            }
            let variant = VariantId::from(variant);
            for index in 0..variant.fields(self.db).fields().len() {
                let field = self.field_place(own, index, Some(variant))?;
                let inside = self.place(&field)?;
                let VariantId::EnumVariantId(id) = variant else { continue };
                let steps = [steps, &[Step::Field(Some(id), index)]].concat();
                self.drop_part(flags, &steps, inside, field.ty, unwind)?;
            }
            self.build.goto(end);
            self.build.start(next);
        }
        self.drop_whole(place, own.ty, unwind)?;
        self.build.goto(end);
        self.build.start(end);
        Ok(())
    }
}
