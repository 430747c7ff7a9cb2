//! Calls: which function one means, and what is passed to it.

use ra_ap_hir_def::hir::ExprId;
use ra_ap_hir_def::signatures::{FnFlags, FunctionSignature};
use ra_ap_hir_def::{CallableDefId, FunctionId, ItemContainerId, Lookup};
use ra_ap_hir_ty::next_solver::{GenericArgs, Mutability, Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::IntoKind;

use super::super::mir::{
    Abi, Address, Argument, Call, Callee, End, Operand, Pass, Place, Scalar, Value,
};
use super::answers::Implementation;
use super::attributes::Attributes;
use super::body::{Body, abi_of};
use super::build::{NO_LAYOUT, at, here};
use super::code::{Code, Held, HeldValue, Spot};
use super::{Instance, Result};

/// What a call means once types are known.
pub(super) enum Target<'db> {
    Instance(Instance<'db>),
    /// A function that is linked against.
    Foreign(FunctionId, GenericArgs<'db>),
    /// A function that the compiler knows.
    Intrinsic(FunctionId, GenericArgs<'db>),
    /// A method of a trait that the compiler implements for some types.
    BuiltIn(FunctionId, GenericArgs<'db>),
    /// A method of a trait object: where it is in the table.
    Virtual(u64),
}

impl<'db> Body<'_, 'db> {
    pub(super) fn call_expression(
        &mut self,
        e: ExprId,
        callee: ExprId,
        args: &[ExprId],
        to: Place,
    ) -> Result<()> {
        if self.infer.method_resolution(e).is_some() {
            if !self.is_plainly_callable(self.unreferenced_ty(callee)) {
                return self.overloaded_call(e, callee, args, to);
            }
            let callee = self.unreferenced_place(callee)?;
            let values = self.held_expressions(args)?;
            self.code.release_all(&values);
            self.at_expression(e);
            if self.infer.method_resolution(e).is_some_and(|(method, _)| self.takes_callee(method))
            {
                self.code.moved(&callee)?;
                return self.code.call_once(&callee, values, to);
            }
            return self.code.call_value(&callee, values, to);
        }
        match self.ty(callee).kind() {
            TyKind::FnDef(definition, generics) => {
                let variant = match definition.0 {
                    CallableDefId::FunctionId(id) => {
                        let values = self.held_expressions(args)?;
                        self.code.release_all(&values);
                        self.at_expression(e);
                        return self.code.call_function(id, generics, values, to);
                    }
                    CallableDefId::StructId(id) => id.into(),
                    CallableDefId::EnumVariantId(id) => id.into(),
                };
                let ty = self.raw_ty(e);
                let spot = self.code.spot(to, ty);
                self.fields_into(&spot, Some(variant), args)
            }
            TyKind::FnPtr(..) | TyKind::Closure(..) => {
                let ty = self.ty(callee);
                if self.types.needs_drop(ty) {
                    return Err(self.unsupported("calling a closure in this way"));
                }
                let callee = self.held_expression(callee, false)?;
                let place = self.code.in_memory(&callee)?;
                let callee = self.code.spot(place, ty);
                let values = self.held_expressions(args)?;
                self.code.release_all(&values);
                self.at_expression(e);
                self.code.call_value(&callee, values, to)
            }
            _ => {
                let name = self.types.name(self.ty(callee));
                Err(self.unsupported(format!("calling a value of type `{name}`")))
            }
        }
    }

    /// Whether a value of this type is called without going through a trait's method.
    fn is_plainly_callable(&self, ty: Ty<'db>) -> bool {
        match ty.kind() {
            TyKind::Ref(_, inner, _) => self.is_plainly_callable(inner),
            TyKind::FnDef(..) | TyKind::FnPtr(..) | TyKind::Closure(..) => true,
            _ => false,
        }
    }

    /// Whether a method is `FnOnce::call_once`.
    fn takes_callee(&self, method: FunctionId) -> bool {
        self.code.lang_trait_of(method).is_some_and(|of| Some(of) == self.lang().FnOnce)
    }

    /// A call by `Fn::call`, `FnMut::call_mut` or `FnOnce::call_once`.
    fn overloaded_call(
        &mut self,
        e: ExprId,
        callee: ExprId,
        args: &[ExprId],
        to: Place,
    ) -> Result<()> {
        let Some((method, generics)) = self.infer.method_resolution(e) else {
            return Err(self.unsupported("a call that was not resolved"));
        };
        let generics = self.args(generics);
        let mut all = vec![callee];
        all.extend(args);
        let mut values = self.held_expressions(&all)?;
        self.code.release_all(&values);
        self.at_expression(e);
        let callee = values.remove(0);
        let tuple = self.code.tuple_of(&values)?;
        self.code.call_function(method, generics, vec![callee, tuple], to)
    }

    pub(super) fn method_call(
        &mut self,
        e: ExprId,
        receiver: ExprId,
        args: &[ExprId],
        to: Place,
    ) -> Result<()> {
        let Some((method, generics)) = self.infer.method_resolution(e) else {
            return Err(self.unsupported("a method that was not found"));
        };
        let generics = self.args(generics);
        let all: Vec<ExprId> = [receiver].into_iter().chain(args.iter().copied()).collect();
        let values = self.held_expressions(&all)?;
        self.code.release_all(&values);
        self.at_expression(e);
        if let Some(span) = self.source.method_name(e) {
            self.build.span = span;
        }
        self.code.call_function(method, generics, values, to)
    }
}

impl<'db> Code<'_, 'db> {
    /// What a call of a function means, with arguments that are concrete.
    pub(super) fn target(&self, function: FunctionId, args: GenericArgs<'db>) -> Target<'db> {
        let is_trait =
            |id: FunctionId| matches!(id.lookup(self.db).container, ItemContainerId::TraitId(_));
        let (mut function, mut args) = (function, args);
        if let Some(slot) = self.slot_of(function, args) {
            return Target::Virtual(slot);
        }
        if is_trait(function) {
            match self.implementation(function, args) {
                (Implementation::Derived(derived, method), with) => {
                    return Target::Instance(Instance::Derived(derived, method, with));
                }
                (Implementation::Function(found), with) => (function, args) = (found, with),
            }
            if is_trait(function) && self.is_built_in(function) {
                return Target::BuiltIn(function, args);
            }
        }
        let flags = FunctionSignature::of(self.db, function).flags;
        if flags.contains(FnFlags::RUSTC_INTRINSIC) {
            Target::Intrinsic(function, args)
        } else if matches!(function.lookup(self.db).container, ItemContainerId::ExternBlockId(_)) {
            Target::Foreign(function, args)
        } else {
            Target::Instance(Instance::Function(function, args))
        }
    }

    /// The function that a method of a trait is here.
    fn implementation(
        &self,
        function: FunctionId,
        args: GenericArgs<'db>,
    ) -> (Implementation, GenericArgs<'db>) {
        self.program.answers().implementation(function, args, || {
            let (found, with) = self.db.lookup_impl_method(self.types.env, function, args);
            let of_derived = |(derived, method)| Implementation::Derived(derived, method);
            let found = found.either(Implementation::Function, of_derived);
            (found, self.types.normalized(with))
        })
    }

    pub(super) fn attributes(&self, function: FunctionId) -> Attributes {
        self.program.answers().attributes(function, || Attributes::of(self.db, function))
    }

    pub(super) fn name_of(&self, function: FunctionId) -> String {
        FunctionSignature::of(self.db, function).name.as_str().to_owned()
    }

    /// Calls a function with values.
    pub(super) fn call_function(
        &mut self,
        function: FunctionId,
        args: GenericArgs<'db>,
        values: Vec<Held<'db>>,
        to: Place,
    ) -> Result<()> {
        match self.target(function, args) {
            Target::Instance(Instance::Function(function, _))
                if Some(function) == self.lang().DropInPlace =>
            {
                let place = self.in_memory(&values[0])?;
                let own = self.pointee(place, values[0].ty)?;
                self.drop_spot(&own)
            }
            Target::Instance(instance @ Instance::Function(function, args)) => {
                let flags = FunctionSignature::of(self.db, function).flags;
                if !flags.contains(FnFlags::HAS_BODY) {
                    let name = self.name_of(function);
                    let what = match args.iter().next().and_then(|arg| arg.ty()) {
                        Some(ty) => format!("`{name}` of `{}`", self.types.name(ty)),
                        None => format!("calling `{name}`"),
                    };
                    return Err(self.unsupported(what));
                }
                let (_, output) = self.types.signature(function, args);
                let mut arguments = self.arguments(&values)?;
                if self.attributes(function).track_caller {
                    let caller = self.caller_pointer()?;
                    arguments.push(Argument::Scalar(Scalar::Pointer, caller));
                }
                let callee = Callee::Function(self.need(instance));
                let abi = abi_of(self.db, function);
                self.check_abi(abi, values.iter().map(|it| it.ty).chain([output]))?;
                self.emit_call(callee, abi, arguments, output, to)
            }
            Target::Instance(instance) => {
                let (_, output) = self.types.signature(function, args);
                let arguments = self.arguments(&values)?;
                let callee = Callee::Function(self.need(instance));
                self.emit_call(callee, Abi::Rust, arguments, output, to)
            }
            Target::Foreign(function, args) => {
                let (_, output) = self.types.signature(function, args);
                let arguments = self.arguments(&values)?;
                self.check_abi(Abi::C, values.iter().map(|it| it.ty).chain([output]))?;
                let symbol = self.program.symbol(&Instance::Function(function, args));
                self.emit_call(Callee::Function(symbol), Abi::C, arguments, output, to)
            }
            Target::Intrinsic(function, args) => self.intrinsic(function, args, values, to),
            Target::BuiltIn(function, args) => self.built_in(function, args, values, to),
            Target::Virtual(slot) => {
                let (_, output) = self.types.signature(function, args);
                self.call_virtual(slot, &values, output, to)
            }
        }
    }

    /// What C functions take and give: whole scalars, of which short ones have no sign.
    pub(super) fn check_abi(
        &self,
        abi: Abi,
        types: impl IntoIterator<Item = Ty<'db>>,
    ) -> Result<()> {
        use ra_ap_rustc_type_ir::IntTy;
        if abi == Abi::Rust {
            return Ok(());
        }
        for ty in types {
            if let TyKind::Int(IntTy::I8 | IntTy::I16) = ty.kind() {
                return Err(self.unsupported("`i8` and `i16` as parameters of C functions"));
            }
            if let Pass::Two(..) | Pass::Memory = self.layout(ty)?.pass {
                return Err(self.unsupported("structs passed to C functions by value"));
            }
        }
        Ok(())
    }

    pub(super) fn arguments(&self, values: &[Held<'db>]) -> Result<Vec<Argument>> {
        let argument = |held: &Held<'db>| {
            Ok(match &held.value {
                HeldValue::Scalar(scalar, operand) => Argument::Scalar(*scalar, operand.clone()),
                HeldValue::Memory(place) => Argument::Place(*place, self.layout(held.ty)?),
            })
        };
        values.iter().map(argument).collect()
    }

    /// The call itself, after which the result is in `to`.
    pub(super) fn emit_call(
        &mut self,
        callee: Callee,
        abi: Abi,
        arguments: Vec<Argument>,
        output: Ty<'db>,
        to: Place,
    ) -> Result<()> {
        let returns = !self.is_uninhabited(output);
        let result = if returns {
            (to, self.layout(output)?)
        } else {
            (self.build.temporary(NO_LAYOUT), NO_LAYOUT)
        };
        let then = returns.then(|| self.build.block());
        let call = Call { callee, abi, arguments, result, then, unwind: None };
        let block = self.build.current();
        self.unwinds(block);
        self.build.end(End::Call(Box::new(call)));
        if let Some(then) = then {
            self.build.start(then);
        }
        Ok(())
    }

    fn is_uninhabited(&self, ty: Ty<'db>) -> bool {
        match ty.kind() {
            TyKind::Never => true,
            TyKind::Adt(..) | TyKind::Tuple(_) => {
                self.types.layout(ty).is_ok_and(|layout| layout.uninhabited)
            }
            _ => false,
        }
    }

    /// The address of a function or constructor, as a function pointer has it.
    pub(super) fn function_address(&mut self, ty: Ty<'db>) -> Result<Operand> {
        let TyKind::FnDef(definition, args) = ty.kind() else {
            return Err(self.unsupported("the address of what is no function"));
        };
        let instance = match definition.0 {
            CallableDefId::StructId(id) => self.constructor_instance(ty, id.into()),
            CallableDefId::EnumVariantId(id) => self.constructor_instance(ty, id.into()),
            CallableDefId::FunctionId(function) => match self.target(function, args) {
                Target::Instance(Instance::Function(function, args)) => {
                    if self.attributes(function).track_caller {
                        Instance::TrackedPointer(function, args)
                    } else {
                        Instance::Function(function, args)
                    }
                }
                Target::Instance(instance) => instance,
                Target::Foreign(function, args) => {
                    let symbol = self.program.symbol(&Instance::Function(function, args));
                    return Ok(Operand::Address(Address::Function(symbol), 0));
                }
                Target::Intrinsic(..) | Target::BuiltIn(..) | Target::Virtual(_) => {
                    let name = self.name_of(function);
                    return Err(self.unsupported(format!("the address of `{name}`")));
                }
            },
        };
        let symbol = self.need(instance);
        Ok(Operand::Address(Address::Function(symbol), 0))
    }

    fn constructor_instance(
        &self,
        ty: Ty<'db>,
        variant: ra_ap_hir_def::VariantId,
    ) -> Instance<'db> {
        let output = ty
            .callable_sig(self.types.interner)
            .map(|signature| self.types.interner.instantiate_bound_regions_with_erased(signature))
            .map_or(ty, |signature| self.types.normalized(signature.output()));
        Instance::Constructor(variant, output)
    }

    /// Calls a method that gives a reference, and goes to what it points to.
    pub(super) fn call_for_place(
        &mut self,
        method: FunctionId,
        args: GenericArgs<'db>,
        values: Vec<Held<'db>>,
    ) -> Result<Spot<'db>> {
        let (_, output) = self.types.signature(method, args);
        let pointer = self.temporary(output)?;
        self.call_function(method, args, values, pointer)?;
        self.pointee(pointer, output)
    }

    /// `a == b` by `PartialEq`, as `bool`.
    pub(super) fn equal_by_trait(&mut self, a: &Spot<'db>, b: &Spot<'db>) -> Result<Operand> {
        let args = GenericArgs::new_from_slice(&[a.ty.into(), b.ty.into()]);
        let method = self.method_of(self.lang().PartialEq, "eq")?;
        let a = self.reference_to(a, Mutability::Not)?;
        let b = self.reference_to(b, Mutability::Not)?;
        let to = self.build.temporary(super::build::BOOL);
        self.call_function(method, args, vec![a, b], to)?;
        Ok(Operand::Load(Scalar::I8, to))
    }

    /// A method of a trait of `core`.
    pub(super) fn method_of(
        &self,
        of: Option<ra_ap_hir_def::TraitId>,
        name: &str,
    ) -> Result<FunctionId> {
        let symbol = ra_ap_intern::Symbol::intern(name);
        let name_of = ra_ap_hir_expand::name::Name::new_symbol_root(symbol);
        of.and_then(|of| of.trait_items(self.db).method_by_name(&name_of))
            .ok_or_else(|| self.unsupported(format!("`{name}` without a `core` that has it")))
    }

    /// Where a panic happens: file, its length, line, column.
    pub(super) fn location(&mut self) -> [Operand; 4] {
        let span = self.build.span;
        if let Some(caller) = self.caller {
            let [file, line, column] = self.location_offsets();
            let location = self.build.behind(Operand::Load(Scalar::Pointer, here(caller)));
            let load = |scalar, offset| Operand::Load(scalar, at(location, offset));
            return [
                load(Scalar::Pointer, file),
                load(Scalar::I64, file + 8),
                load(Scalar::I32, line),
                load(Scalar::I32, column),
            ];
        }
        let path = self.program.path(span.file);
        let length = Operand::Constant(Scalar::I64, path.len() as u128);
        let number = |number: u32| Operand::Constant(Scalar::I32, u128::from(number));
        [self.build.text(&path), length, number(span.line), number(span.column)]
    }

    /// Where `core::panic::Location` has file, line and column.
    fn location_offsets(&self) -> [u64; 3] {
        let usual = [0, 16, 20];
        let Some(id) = self.lang().PanicLocation else { return usual };
        let lifetime = ra_ap_hir_ty::next_solver::Region::new_erased(self.types.interner);
        let args = GenericArgs::new_from_slice(&[lifetime.into()]);
        let ty = Ty::new_adt(self.types.interner, id.into(), args);
        let ty = self.types.normalized(ty);
        let fields = ra_ap_hir_def::VariantId::from(id).fields(self.db);
        let offset = |name: &str| {
            let index = fields.fields().iter().position(|(_, it)| it.name.as_str() == name)?;
            self.types.offset(ty, index).ok()
        };
        match [offset("file"), offset("line"), offset("column").or_else(|| offset("col"))] {
            [Some(file), Some(line), Some(column)] => [file, line, column],
            _ => usual,
        }
    }

    /// A pointer to the place of this call, for `#[track_caller]` functions.
    pub(super) fn caller_pointer(&mut self) -> Result<Operand> {
        if let Some(caller) = self.caller {
            return Ok(Operand::Load(Scalar::Pointer, here(caller)));
        }
        let span = self.build.span;
        let path = self.program.path(span.file);
        let [file, line, column] = self.location_offsets();
        let mut bytes = vec![0; 24];
        let mut put = |offset: u64, value: &[u8]| {
            let start = usize::try_from(offset).unwrap_or(0);
            if let Some(to) = bytes.get_mut(start..start + value.len()) {
                to.copy_from_slice(value);
            }
        };
        put(file + 8, &(path.len() as u64).to_le_bytes());
        put(line, &span.line.to_le_bytes());
        put(column, &span.column.to_le_bytes());
        let Operand::Address(text, addend) = self.build.text(&path) else {
            return Err(self.unsupported("a path that is no text"));
        };
        Ok(self.build.constant(bytes, 8, vec![(file, text, addend)]))
    }

    /// Goes on where there is an element with this index, and panics where not.
    pub(super) fn bounds_check(
        &mut self,
        inside: Operand,
        index: &Operand,
        length: &Operand,
        location: &[Operand; 4],
    ) {
        let (next, outside) = (self.build.block(), self.build.block());
        self.build.end(End::Branch(inside, next, outside));
        self.build.start(outside);
        let mut arguments = vec![
            Argument::Scalar(Scalar::I64, index.clone()),
            Argument::Scalar(Scalar::I64, length.clone()),
        ];
        arguments.extend(super::build::place_arguments(location));
        self.build.call_host("segue_jit_panic_bounds", arguments);
        self.unwinds(outside);
        self.build.start(next);
    }

    /// A value as the operand of a `Set`.
    pub(super) fn assign(&mut self, scalar: Scalar, to: Place, value: Operand) {
        self.build.set(scalar, to, Value::Use(value));
    }
}
