//! What everything that writes a function has at hand: types, blocks, and what the function refers to.

use std::fmt::Display;

use ra_ap_hir_def::hir::BindingId;
use ra_ap_hir_def::{AdtId, FunctionId, StaticId, VariantId};
use ra_ap_hir_ty::closure_analysis::ProjectionKind;
use ra_ap_hir_ty::db::HirDatabase;
use ra_ap_hir_ty::next_solver::{GenericArgs, Mutability, Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::IntoKind;

use super::super::mir::{Address, Layout, LocalId, Operand, Pass, Place, Scalar, Value};
use super::build::{Build, Head, at, here};
use super::drops::{Drops, Part};
use super::types::Types;
use super::{Checks, Instance, Lowered, Program, Result, Unsupported};

/// A function that is being written, of whatever it is made.
pub(super) struct Code<'a, 'db> {
    pub(super) db: &'db dyn HirDatabase,
    pub(super) program: &'a dyn Program<'db>,
    pub(super) types: Types<'db>,
    pub(super) build: Build,
    pub(super) drops: Drops<'db>,
    pub(super) checks: Checks,
    /// The parameter with the place of the call, of a `#[track_caller]` function.
    pub(super) caller: Option<LocalId>,
    /// How deep in constants of constants this is.
    pub(super) depth: usize,
    needs: Vec<Instance<'db>>,
    statics: Vec<StaticId>,
}

/// A place of a type: where it is, and of what has no size the length or the table.
#[derive(Clone, Debug)]
pub(super) struct Spot<'db> {
    pub(super) at: At,
    pub(super) ty: Ty<'db>,
    pub(super) length: Option<Operand>,
    /// The part of a local that it is.
    pub(super) owner: Option<Part>,
}

#[derive(Clone, Debug)]
pub(super) enum At {
    Memory(Place),
    /// In a closure: a variable of which the closure captures only parts, and the way into it so far.
    Captured(BindingId, Vec<ProjectionKind>),
}

/// A value that was computed and is about to be passed on.
#[derive(Clone, Debug)]
pub(super) struct Held<'db> {
    pub(super) ty: Ty<'db>,
    pub(super) value: HeldValue,
}

#[derive(Clone, Debug)]
pub(super) enum HeldValue {
    Scalar(Scalar, Operand),
    /// In memory that belongs to whoever takes the value.
    Memory(Place),
}

impl<'a, 'db> Code<'a, 'db> {
    pub(super) fn new(
        db: &'db dyn HirDatabase,
        program: &'a dyn Program<'db>,
        args: GenericArgs<'db>,
        checks: Checks,
    ) -> Code<'a, 'db> {
        Code {
            db,
            program,
            types: Types::new(db, program.live_crate(), args),
            build: Build::new(),
            drops: Drops::default(),
            checks,
            caller: None,
            depth: 0,
            needs: Vec::new(),
            statics: Vec::new(),
        }
    }

    pub(super) fn finish(self, head: Head) -> Lowered<'db> {
        let (function, data) = self.build.finish(head);
        Lowered { function, needs: self.needs, data, statics: self.statics }
    }

    /// Why this cannot be lowered, here.
    pub(super) fn unsupported(&self, what: impl Display) -> Unsupported {
        Unsupported { what: what.to_string(), span: self.build.span }
    }

    /// The symbol of an instance that this function refers to.
    pub(super) fn need(&mut self, instance: Instance<'db>) -> String {
        if !self.needs.contains(&instance) {
            self.needs.push(instance);
        }
        self.program.symbol(&instance)
    }

    pub(super) fn static_address(&mut self, id: StaticId) -> Operand {
        if !self.statics.contains(&id) {
            self.statics.push(id);
        }
        Operand::Address(Address::Data(self.program.static_symbol(id)), 0)
    }

    pub(super) fn layout(&self, ty: Ty<'db>) -> Result<Layout> {
        self.types.memory(ty).map_err(|what| self.unsupported(what))
    }

    pub(super) fn scalar(&self, ty: Ty<'db>) -> Result<Scalar> {
        self.types.scalar(ty).map_err(|what| self.unsupported(what))
    }

    /// A new local for a value of this type.
    pub(super) fn local(&mut self, ty: Ty<'db>, name: Option<String>) -> Result<LocalId> {
        let layout = self.layout(ty)?;
        Ok(self.build.local(layout, name))
    }

    pub(super) fn temporary(&mut self, ty: Ty<'db>) -> Result<Place> {
        Ok(here(self.local(ty, None)?))
    }

    pub(super) fn copy(&mut self, from: Place, to: Place, ty: Ty<'db>) -> Result<()> {
        let layout = self.layout(ty)?;
        self.build.copy(from, to, layout);
        Ok(())
    }

    /// The value of a place, to be passed on before the place changes.
    pub(super) fn held(&self, place: Place, ty: Ty<'db>) -> Result<Held<'db>> {
        let value = match self.layout(ty)?.pass {
            Pass::One(scalar) => HeldValue::Scalar(scalar, Operand::Load(scalar, place)),
            _ => HeldValue::Memory(place),
        };
        Ok(Held { ty, value })
    }

    pub(super) fn held_scalar(&self, ty: Ty<'db>, operand: Operand) -> Result<Held<'db>> {
        Ok(Held { ty, value: HeldValue::Scalar(self.scalar(ty)?, operand) })
    }

    /// The scalar that a held value is.
    pub(super) fn operand(&self, held: &Held<'db>) -> Result<Operand> {
        match &held.value {
            HeldValue::Scalar(_, operand) => Ok(operand.clone()),
            HeldValue::Memory(_) => {
                let name = self.types.name(held.ty);
                Err(self.unsupported(format!("`{name}` where a number is expected")))
            }
        }
    }

    /// Memory that holds a value.
    pub(super) fn in_memory(&mut self, held: &Held<'db>) -> Result<Place> {
        match &held.value {
            HeldValue::Memory(place) => Ok(*place),
            HeldValue::Scalar(scalar, operand) => {
                let place = self.temporary(held.ty)?;
                self.build.set(*scalar, place, Value::Use(operand.clone()));
                Ok(place)
            }
        }
    }

    pub(super) fn store(&mut self, held: &Held<'db>, to: Place) -> Result<()> {
        match &held.value {
            HeldValue::Scalar(scalar, operand) => {
                self.build.set(*scalar, to, Value::Use(operand.clone()));
                Ok(())
            }
            HeldValue::Memory(place) => self.copy(*place, to, held.ty),
        }
    }

    pub(super) fn place(&self, spot: &Spot<'db>) -> Result<Place> {
        match &spot.at {
            At::Memory(place) => Ok(*place),
            At::Captured(..) => {
                Err(self.unsupported("a variable of which a closure uses no value"))
            }
        }
    }

    pub(super) fn spot(&self, place: Place, ty: Ty<'db>) -> Spot<'db> {
        Spot { at: At::Memory(place), ty, length: None, owner: None }
    }

    /// Whether a pointer to this says more than an address: what it says.
    pub(super) fn tail(&self, ty: Ty<'db>) -> Tail<'db> {
        match ty.kind() {
            TyKind::Slice(element) => Tail::Elements(element),
            TyKind::Str => Tail::Bytes,
            TyKind::Dynamic(..) => Tail::Table,
            TyKind::Adt(definition, args) => {
                let AdtId::StructId(id) = definition.def_id() else { return Tail::None };
                match ra_ap_hir_def::VariantId::from(id).fields(self.db).fields().iter().last() {
                    Some((field, _)) => {
                        let field = &self.db.field_types(id.into())[field];
                        let ty = field.ty().instantiate(self.types.interner, args).skip_norm_wip();
                        self.tail(self.types.normalized(ty))
                    }
                    None => Tail::None,
                }
            }
            TyKind::Tuple(fields) => {
                fields.iter().last().map_or(Tail::None, |last| self.tail(last))
            }
            _ => Tail::None,
        }
    }

    /// What a pointer (in a place that does not change meanwhile) points to.
    pub(super) fn pointee(&mut self, pointer: Place, ty: Ty<'db>) -> Result<Spot<'db>> {
        let target = match ty.kind() {
            TyKind::Ref(_, target, _) | TyKind::RawPtr(target, _) => target,
            _ => {
                let name = self.types.name(ty);
                return Err(self.unsupported(format!("`*` on a value of type `{name}`")));
            }
        };
        let target = self.types.normalized(target);
        let length = match self.tail(target) {
            Tail::None => None,
            Tail::Table => {
                let table = Operand::Load(Scalar::Pointer, at(pointer, 8));
                Some(self.build.value(Scalar::Pointer, Value::Use(table)))
            }
            Tail::Elements(_) | Tail::Bytes => {
                let length = Operand::Load(Scalar::I64, at(pointer, 8));
                Some(self.build.value(Scalar::I64, Value::Use(length)))
            }
        };
        let address = Operand::Load(Scalar::Pointer, pointer);
        let place = self.build.behind(address);
        Ok(Spot { at: At::Memory(place), ty: target, length, owner: None })
    }

    /// A local as a place.
    pub(super) fn local_spot(&self, local: LocalId, ty: Ty<'db>) -> Spot<'db> {
        Spot { owner: Some(Part::whole(local)), ..self.spot(here(local), ty) }
    }

    /// Writes a pointer to this place.
    pub(super) fn point_to(&mut self, spot: &Spot<'db>, to: Place) -> Result<()> {
        let place = self.place(spot)?;
        let address = self.build.address_of(place);
        self.build.set(Scalar::Pointer, to, Value::Use(address));
        if let Some(length) = &spot.length {
            let scalar = self.tail_scalar(spot.ty);
            self.build.set(scalar, at(to, 8), Value::Use(length.clone()));
        }
        Ok(())
    }

    /// A reference to a place, held.
    pub(super) fn reference_to(
        &mut self,
        spot: &Spot<'db>,
        mutability: Mutability,
    ) -> Result<Held<'db>> {
        let ty = self.reference(spot.ty, mutability);
        let place = self.temporary(ty)?;
        self.point_to(spot, place)?;
        self.held(place, ty)
    }

    pub(super) fn reference(&self, ty: Ty<'db>, mutability: Mutability) -> Ty<'db> {
        let region = ra_ap_hir_ty::next_solver::Region::new_erased(self.types.interner);
        ra_ap_rustc_type_ir::inherent::Ty::new_ref(self.types.interner, region, ty, mutability)
    }

    /// The type of a field.
    pub(super) fn field_ty(
        &self,
        variant: VariantId,
        field: usize,
        ty: Ty<'db>,
    ) -> Result<Ty<'db>> {
        let args = match ty.kind() {
            TyKind::Adt(_, args) => args,
            _ => return Err(self.unsupported("a field of what has no fields")),
        };
        let (field, _) = variant
            .fields(self.db)
            .fields()
            .iter()
            .nth(field)
            .ok_or_else(|| self.unsupported("a field that does not exist"))?;
        let ty = self.db.field_types(variant)[field].ty();
        Ok(self.types.normalized(ty.instantiate(self.types.interner, args).skip_norm_wip()))
    }

    /// Panics with this message where the condition is 0.
    pub(super) fn assert(&mut self, condition: Operand, message: &str) {
        let at = self.location();
        let unwind = self.unwind_key();
        let block = self.build.panic_block(message, &at, unwind);
        self.unwinds(block);
        self.build.check(condition, block);
    }

    /// The same function of a trait, resolved for concrete types.
    pub(super) fn args(&self, args: GenericArgs<'db>) -> GenericArgs<'db> {
        self.types.substituted(args)
    }

    pub(super) fn lang_trait_of(&self, function: FunctionId) -> Option<ra_ap_hir_def::TraitId> {
        use ra_ap_hir_def::{ItemContainerId, Lookup};
        match function.lookup(self.db).container {
            ItemContainerId::TraitId(id) => Some(id),
            _ => None,
        }
    }

    /// Takes over what another function refers to.
    pub(super) fn adopt(&mut self, other: Code<'a, 'db>) {
        self.build.adopt(other.build);
        self.needs.extend(other.needs);
        self.statics.extend(other.statics);
    }
}

/// What a pointer says beside an address.
pub(super) enum Tail<'db> {
    None,
    Elements(Ty<'db>),
    Bytes,
    Table,
}
