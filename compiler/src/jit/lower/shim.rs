//! Functions that stand behind function pointers where the function itself is called in another way.

use ra_ap_hir_def::{FunctionId, VariantId};
use ra_ap_hir_ty::db::{HirDatabase, InternedClosureId};
use ra_ap_hir_ty::next_solver::{GenericArgs, Ty, TyKind};
use ra_ap_rustc_type_ir::inherent::GenericArgs as _;

use super::super::mir::{Abi, End, Inline, LocalId};
use super::build::{Head, here};
use super::code::{Code, Held};
use super::{Checks, Instance, Lowered, Program, Result};

/// A function without a body of its own: its parameters are made, `write` does the rest.
pub(super) fn written<'a, 'db>(
    mut code: Code<'a, 'db>,
    instance: Instance<'db>,
    inputs: &[Ty<'db>],
    output: Ty<'db>,
    write: impl FnOnce(&mut Code<'a, 'db>, Vec<Held<'db>>, super::super::mir::Place) -> Result<()>,
) -> Result<Lowered<'db>> {
    let result = code.local(output, None)?;
    let mut parameters: Vec<LocalId> = Vec::new();
    let mut held = Vec::new();
    for ty in inputs {
        let local = code.local(*ty, None)?;
        parameters.push(local);
        held.push(code.held(here(local), *ty)?);
    }
    write(&mut code, held, here(result))?;
    code.build.end(End::Return);
    code.settle_drops()?;
    let symbol = code.program.symbol(&instance);
    let linkage = code.program.linkage(&instance);
    let span = code.build.span;
    let (abi, inline) = (Abi::Rust, Inline::Wished);
    Ok(code.finish(Head { symbol, linkage, abi, parameters, result, span, inline }))
}

pub(super) fn closure_pointer<'db>(
    db: &'db dyn HirDatabase,
    program: &dyn Program<'db>,
    closure: InternedClosureId,
    args: GenericArgs<'db>,
    checks: Checks,
) -> Result<Lowered<'db>> {
    let code = Code::new(db, program, args, checks);
    let interner = code.types.interner;
    let signature = interner.instantiate_bound_regions_with_erased(args.as_closure().sig());
    let tuple = signature.inputs().first().copied();
    let inputs = tuple.and_then(|tuple| code.types.fields_of_tuple(tuple)).unwrap_or_default();
    let output = code.types.normalized(signature.output());
    let ty = Ty::new(interner, TyKind::Closure(closure.into(), args));
    let instance = Instance::ClosurePointer(closure, args);
    written(code, instance, &inputs, output, |code, values, to| {
        let own = code.temporary(ty)?;
        let own = code.spot(own, ty);
        code.call_value(&own, values, to)
    })
}

pub(super) fn tracked_pointer<'db>(
    db: &'db dyn HirDatabase,
    program: &dyn Program<'db>,
    function: FunctionId,
    args: GenericArgs<'db>,
    checks: Checks,
) -> Result<Lowered<'db>> {
    let mut code = Code::new(db, program, args, checks);
    let (inputs, output) = code.types.signature(function, args);
    code.build.span = super::source::head_span(db, program, function);
    let instance = Instance::TrackedPointer(function, args);
    written(code, instance, &inputs, output, |code, values, to| {
        code.call_function(function, args, values, to)
    })
}

/// A method as a table has it: it takes a pointer to `self` where the method takes `self` itself.
pub(super) fn virtual_method<'db>(
    db: &'db dyn HirDatabase,
    program: &dyn Program<'db>,
    method: FunctionId,
    args: GenericArgs<'db>,
    checks: Checks,
) -> Result<Lowered<'db>> {
    let mut code = Code::new(db, program, args, checks);
    let (mut inputs, output) = code.types.signature(method, args);
    code.build.span = super::source::head_span(db, program, method);
    let by_value = code.takes_value(method, args);
    if let (true, Some(own)) = (by_value, inputs.first_mut()) {
        *own = code.reference(*own, ra_ap_hir_ty::next_solver::Mutability::Mut);
    }
    let instance = Instance::Virtual(method, args);
    written(code, instance, &inputs, output, |code, mut values, to| {
        if let (true, Some(own)) = (by_value, values.first_mut()) {
            let place = code.in_memory(own)?;
            let pointee = code.pointee(place, own.ty)?;
            *own = code.held(code.place(&pointee)?, pointee.ty)?;
        }
        code.call_function(method, args, values, to)
    })
}

pub(super) fn constructor<'db>(
    db: &'db dyn HirDatabase,
    program: &dyn Program<'db>,
    variant: VariantId,
    ty: Ty<'db>,
    checks: Checks,
) -> Result<Lowered<'db>> {
    let interner = ra_ap_hir_ty::next_solver::DbInterner::new_with(db, program.live_crate());
    let code = Code::new(db, program, GenericArgs::empty(interner), checks);
    let count = variant.fields(db).fields().len();
    let inputs: Result<Vec<_>> =
        (0..count).map(|index| code.field_ty(variant, index, ty)).collect();
    let instance = Instance::Constructor(variant, ty);
    written(code, instance, &inputs?, ty, |code, values, to| {
        code.construct_as(ty, variant, &values, to)
    })
}
