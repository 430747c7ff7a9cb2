//! What can be called without being a function: closures, function items and pointers, by the traits `Fn`,
//! `FnMut` and `FnOnce`; and `Clone` where the compiler implements it.

use ra_ap_hir_def::{CallableDefId, FunctionId, VariantId};
use ra_ap_hir_ty::next_solver::{GenericArgs, Mutability, Ty, TyKind};
use ra_ap_rustc_type_ir::ClosureKind;
use ra_ap_rustc_type_ir::inherent::{GenericArgs as _, IntoKind};

use super::super::mir::{Abi, Argument, Callee, Operand, Place, Scalar};
use super::code::{Code, Held, Spot};
use super::{Instance, Result};

impl<'db> Code<'_, 'db> {
    fn is_callable_trait(&self, id: ra_ap_hir_def::TraitId) -> bool {
        let lang = self.lang();
        [lang.Fn, lang.FnMut, lang.FnOnce].contains(&Some(id))
    }

    /// Whether the compiler implements a trait's method where `core` does not.
    pub(super) fn is_built_in(&self, function: FunctionId) -> bool {
        let Some(of) = self.lang_trait_of(function) else { return false };
        self.is_callable_trait(of)
            || (Some(of) == self.lang().Clone && self.name_of(function) == "clone")
    }

    pub(super) fn built_in(
        &mut self,
        function: FunctionId,
        args: GenericArgs<'db>,
        values: Vec<Held<'db>>,
        to: Place,
    ) -> Result<()> {
        let own = args.iter().next().and_then(|arg| arg.ty());
        let own = own.ok_or_else(|| self.unsupported("a method of no type"))?;
        if self.lang_trait_of(function) == self.lang().Clone {
            return self.clone_built_in(own, &values, to);
        }
        let [callee, tuple] = values.as_slice() else {
            return Err(self.unsupported("a call with other arguments"));
        };
        let place = self.in_memory(callee)?;
        let callee =
            if callee.ty == own { self.spot(place, own) } else { self.pointee(place, callee.ty)? };
        let values = self.taken_apart(tuple)?;
        if self.lang_trait_of(function) == self.lang().FnOnce {
            return self.call_once(&callee, values, to);
        }
        self.call_value(&callee, values, to)
    }

    /// Calls what is in a place, and has it dropped: what does not consume itself is dropped afterwards.
    pub(super) fn call_once(
        &mut self,
        callee: &Spot<'db>,
        values: Vec<Held<'db>>,
        to: Place,
    ) -> Result<()> {
        let consumes = match callee.ty.kind() {
            TyKind::Closure(_, args) => args.as_closure().kind() == ClosureKind::FnOnce,
            _ => false,
        };
        if consumes || !self.types.needs_drop(callee.ty) {
            return self.call_value(callee, values, to);
        }
        let place = self.place(callee)?;
        self.open_scope();
        self.guard(place, callee.ty);
        self.call_value(callee, values, to)?;
        self.close_scope();
        Ok(())
    }

    /// The fields of a tuple.
    fn taken_apart(&mut self, tuple: &Held<'db>) -> Result<Vec<Held<'db>>> {
        let fields = self.types.fields_of_tuple(tuple.ty);
        let fields = fields.ok_or_else(|| self.unsupported("arguments that are no tuple"))?;
        let place = self.in_memory(tuple)?;
        let spot = self.spot(place, tuple.ty);
        let mut held = Vec::new();
        for index in 0..fields.len() {
            let field = self.field_place(&spot, index, None)?;
            held.push(self.held(self.place(&field)?, field.ty)?);
        }
        Ok(held)
    }

    /// A tuple of values.
    pub(super) fn tuple_of(&mut self, values: &[Held<'db>]) -> Result<Held<'db>> {
        let types: Vec<Ty<'db>> = values.iter().map(|it| it.ty).collect();
        let ty =
            <Ty<'db> as ra_ap_rustc_type_ir::inherent::Ty<_>>::new_tup(self.types.interner, &types);
        let place = self.temporary(ty)?;
        let spot = self.spot(place, ty);
        for (index, value) in values.iter().enumerate() {
            let field = self.field_place(&spot, index, None)?;
            let field = self.place(&field)?;
            self.store(value, field)?;
        }
        self.held(place, ty)
    }

    /// Calls an object of one of the traits `Fn` and `FnMut`.
    fn call_object(&mut self, callee: &Spot<'db>, values: &[Held<'db>], to: Place) -> Result<()> {
        let lang = self.lang();
        let of = callee.ty.dyn_trait();
        let (name, mutability) = if of == lang.Fn {
            ("call", Mutability::Not)
        } else if of == lang.FnMut {
            ("call_mut", Mutability::Mut)
        } else {
            let name = self.types.name(callee.ty);
            return Err(self.unsupported(format!("calling a value of type `{name}`")));
        };
        let method = self.method_of(of, name)?;
        let tuple = self.tuple_of(values)?;
        let args = GenericArgs::new_from_slice(&[callee.ty.into(), tuple.ty.into()]);
        let reference = self.reference_to(callee, mutability)?;
        self.call_function(method, args, vec![reference, tuple], to)
    }

    /// Calls what is in a place.
    pub(super) fn call_value(
        &mut self,
        callee: &Spot<'db>,
        values: Vec<Held<'db>>,
        to: Place,
    ) -> Result<()> {
        let place = self.place(callee)?;
        match callee.ty.kind() {
            TyKind::Ref(..) => {
                let inner = self.pointee(place, callee.ty)?;
                self.call_value(&inner, values, to)
            }
            TyKind::FnDef(definition, args) => match definition.0 {
                CallableDefId::FunctionId(id) => self.call_function(id, args, values, to),
                CallableDefId::StructId(id) => self.construct(callee.ty, id.into(), &values, to),
                CallableDefId::EnumVariantId(id) => {
                    self.construct(callee.ty, id.into(), &values, to)
                }
            },
            TyKind::FnPtr(..) => {
                let output = self.output(callee.ty)?;
                let pointer = Operand::Load(Scalar::Pointer, place);
                let arguments = self.arguments(&values)?;
                let abi = match callee.ty.callable_sig(self.types.interner) {
                    Some(signature)
                        if super::body::is_rust(signature.skip_binder().abi().as_str()) =>
                    {
                        Abi::Rust
                    }
                    _ => Abi::C,
                };
                self.check_abi(abi, values.iter().map(|it| it.ty).chain([output]))?;
                self.emit_call(Callee::Pointer(pointer), abi, arguments, output, to)
            }
            TyKind::Closure(closure, args) => {
                let output = args.as_closure().sig();
                let output =
                    self.types.interner.instantiate_bound_regions_with_erased(output).output();
                let output = self.types.normalized(output);
                let own = if args.as_closure().kind() == ClosureKind::FnOnce {
                    let held = self.held(place, callee.ty)?;
                    self.arguments(&[held])?
                } else {
                    vec![Argument::Scalar(Scalar::Pointer, self.build.address_of(place))]
                };
                let arguments = own.into_iter().chain(self.arguments(&values)?).collect();
                let symbol = self.need(Instance::Closure(closure.0, args));
                self.emit_call(Callee::Function(symbol), Abi::Rust, arguments, output, to)
            }
            TyKind::Dynamic(..) => self.call_object(callee, &values, to),
            _ => {
                let name = self.types.name(callee.ty);
                Err(self.unsupported(format!("calling a value of type `{name}`")))
            }
        }
    }

    /// The result of calling a value of this type.
    fn output(&self, ty: Ty<'db>) -> Result<Ty<'db>> {
        let signature = ty.callable_sig(self.types.interner);
        let signature = signature.ok_or_else(|| self.unsupported("calling what is no function"))?;
        let signature = self.types.interner.instantiate_bound_regions_with_erased(signature);
        Ok(self.types.normalized(signature.output()))
    }

    /// Makes a struct or variant of the values of its fields.
    fn construct(
        &mut self,
        constructor: Ty<'db>,
        variant: VariantId,
        values: &[Held<'db>],
        to: Place,
    ) -> Result<()> {
        let ty = self.output(constructor)?;
        self.construct_as(ty, variant, values, to)
    }

    pub(super) fn construct_as(
        &mut self,
        ty: Ty<'db>,
        variant: VariantId,
        values: &[Held<'db>],
        to: Place,
    ) -> Result<()> {
        let spot = self.spot(to, ty);
        for (index, value) in values.iter().enumerate() {
            let field = self.field_place(&spot, index, Some(variant))?;
            let place = self.place(&field)?;
            self.store(value, place)?;
        }
        if let VariantId::EnumVariantId(variant) = variant {
            self.set_variant(to, ty, variant)?;
        }
        Ok(())
    }

    /// `Clone::clone` of tuples, closures and functions.
    fn clone_built_in(&mut self, ty: Ty<'db>, values: &[Held<'db>], to: Place) -> Result<()> {
        let [reference] = values else { return Err(self.unsupported("`clone` of nothing")) };
        match ty.kind() {
            TyKind::FnDef(..) | TyKind::FnPtr(..) => {
                let place = self.in_memory(reference)?;
                let from = self.pointee(place, reference.ty)?;
                let from = self.place(&from)?;
                self.copy(from, to, ty)
            }
            TyKind::Tuple(_) | TyKind::Closure(..) => {
                let arguments = self.arguments(values)?;
                let symbol = self.need(Instance::Clone(ty));
                self.emit_call(Callee::Function(symbol), Abi::Rust, arguments, ty, to)
            }
            _ => {
                let name = self.types.name(ty);
                Err(self.unsupported(format!("`clone` of a value of type `{name}`")))
            }
        }
    }
}
