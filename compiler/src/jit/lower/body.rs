//! Functions, closures: from their head to the block that returns.

use std::collections::{HashMap, HashSet};
use std::ops::{Deref, DerefMut};

use ra_ap_hir_def::expr_store::{Body as HirBody, ExpressionStore};
use ra_ap_hir_def::hir::{BindingAnnotation, BindingId, Expr, ExprId, LabelId, Pat, PatId};
use ra_ap_hir_def::resolver::{HasResolver, Resolver};
use ra_ap_hir_def::signatures::{FnFlags, FunctionSignature};
use ra_ap_hir_def::{
    ConstId, DefWithBodyId, ExpressionStoreOwnerId, FunctionId, ItemContainerId, Lookup,
};
use ra_ap_hir_ty::closure_analysis::ProjectionKind;
use ra_ap_hir_ty::db::{HirDatabase, InternedClosureId};
use ra_ap_hir_ty::next_solver::{GenericArgs, Ty, TyKind};
use ra_ap_hir_ty::{InferBodyId, InferenceResult};
use ra_ap_rustc_type_ir::ClosureKind;
use ra_ap_rustc_type_ir::inherent::GenericArgs as _;

use super::super::front::slices::Slice;
use super::super::mir::{Abi, Base, BlockId, End, Inline, LocalId, Place};
use super::build::{Head, POINTER, here};
use super::code::Code;
use super::drops::Moved;
use super::pattern::Claim;
use super::source::Source;
use super::{Checks, Instance, Lowered, Program, Result};

/// A body that is being lowered.
pub(super) struct Body<'a, 'db> {
    pub(super) code: Code<'a, 'db>,
    pub(super) owner: InferBodyId,
    pub(super) store_owner: ExpressionStoreOwnerId,
    pub(super) store: &'db ExpressionStore,
    pub(super) infer: &'db InferenceResult,
    pub(super) resolver: Resolver<'db>,
    pub(super) source: Source<'a, 'db>,
    pub(super) bindings: HashMap<BindingId, LocalId>,
    pub(super) loops: Vec<Loop>,
    pub(super) captures: Option<Captures<'db>>,
    /// Where the result goes.
    pub(super) result: Place,
    /// Temporary values that live as long as a variable, and the scope of that.
    pub(super) extended: HashMap<ExprId, usize>,
    /// References to what `format_args!` is given: nobody keeps them.
    pub(super) formatted: HashSet<ExprId>,
    /// Where names in patterns are looked up.
    pub(super) pattern_scope: Option<ExprId>,
    /// Statements of it that are to be lowered from another place.
    pub(super) slice: Option<&'a Slice>,
}

/// What `break` and `continue` lead out of.
#[derive(Clone, Copy)]
pub(super) struct Loop {
    pub(super) label: Option<LabelId>,
    /// `None` for blocks with a label.
    pub(super) begin: Option<BlockId>,
    pub(super) end: BlockId,
    pub(super) value: Place,
    /// How many scopes are around it.
    pub(super) depth: usize,
}

/// What a closure has from outside.
pub(super) struct Captures<'db> {
    /// The closure's expression.
    pub(super) closure: ExprId,
    pub(super) list: Vec<Capture<'db>>,
}

/// One place that a closure captures.
pub(super) struct Capture<'db> {
    pub(super) binding: BindingId,
    pub(super) steps: Vec<ProjectionKind>,
    /// Where in the closure.
    pub(super) place: Place,
    /// As it is in the closure: a reference, where it is captured by reference.
    pub(super) ty: Ty<'db>,
    pub(super) by_reference: bool,
}

impl<'a, 'db> Deref for Body<'a, 'db> {
    type Target = Code<'a, 'db>;

    fn deref(&self) -> &Code<'a, 'db> {
        &self.code
    }
}

impl DerefMut for Body<'_, '_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.code
    }
}

impl<'a, 'db> Body<'a, 'db> {
    pub(super) fn new(code: Code<'a, 'db>, owner: InferBodyId) -> Result<Body<'a, 'db>> {
        let db = code.db;
        let store_owner = owner.expression_store_owner(db);
        let infer = InferenceResult::of(db, owner);
        if infer.has_type_mismatches() || infer.is_erroneous() {
            return Err(code.unsupported("a body with type errors"));
        }
        Ok(Body {
            owner,
            store_owner,
            store: ExpressionStore::of(db, store_owner),
            infer,
            resolver: owner.resolver(db),
            source: Source::new(db, code.program, store_owner),
            bindings: HashMap::new(),
            loops: Vec::new(),
            captures: None,
            result: here(LocalId(0)),
            extended: HashMap::new(),
            formatted: HashSet::new(),
            pattern_scope: None,
            slice: None,
            code,
        })
    }

    /// A parameter that is a plain name is that name's local.
    fn parameter(&mut self, pattern: PatId, ty: Ty<'db>) -> Result<LocalId> {
        if let Pat::Bind { id, subpat: None } = self.store[pattern]
            && let BindingAnnotation::Unannotated | BindingAnnotation::Mutable = self.store[id].mode
        {
            return self.binding(id);
        }
        self.local(ty, Some("parameter".to_owned()))
    }

    /// Takes the parameters apart whose patterns are more than a name.
    fn bind_parameters(&mut self, patterns: &[(PatId, Ty<'db>, LocalId)]) -> Result<()> {
        for (pattern, ty, local) in patterns {
            self.code.schedule(*local, *ty, None, Moved::No)?;
            if let Pat::Bind { id, subpat: None } = self.store[*pattern]
                && self.bindings.get(&id) == Some(local)
            {
                continue;
            }
            let spot = self.local_spot(*local, *ty);
            self.bind(*pattern, &spot, Claim::Yes)?;
            self.schedule_names(*pattern, None, Moved::No)?;
        }
        Ok(())
    }

    pub(super) fn run(&mut self, root: ExprId) -> Result<()> {
        let result = self.result;
        self.code.open_scope();
        self.into(root, result)?;
        self.code.close_scope();
        self.code.close_scope();
        self.build.end(End::Return);
        self.code.settle_drops()
    }
}

/// Lowers a function, method or associated function.
pub(super) fn function<'db>(
    db: &'db dyn HirDatabase,
    program: &dyn Program<'db>,
    function: FunctionId,
    args: GenericArgs<'db>,
    checks: Checks,
) -> Result<Lowered<'db>> {
    let instance = Instance::Function(function, args);
    let mut code = Code::new(db, program, args, checks);
    let signature = FunctionSignature::of(db, function);
    let name = signature.name.as_str().to_owned();
    let source = Source::new(db, program, DefWithBodyId::FunctionId(function).into());
    let hir = HirBody::of(db, DefWithBodyId::FunctionId(function));
    code.build.span = source.span(hir.root_expr().into()).unwrap_or_default();
    let refused = [
        (signature.flags.contains(FnFlags::ASYNC), "`async fn`"),
        (signature.flags.contains(FnFlags::HAS_VARARGS), "variadic functions"),
        (!signature.flags.contains(FnFlags::HAS_BODY), "calls of a function without a body"),
    ];
    if let Some((_, what)) = refused.iter().find(|(is, _)| *is) {
        return Err(code.unsupported(format!("{what} (`{name}`)")));
    }
    let attributes = code.attributes(function);
    let mut body = Body::new(code, InferBodyId::from(function))?;
    body.slice = program.slice(function);
    let (inputs, output) = body.types.signature(function, args);
    let result = body.local(output, None)?;
    let types: Vec<Ty<'db>> = inputs.iter().copied().chain([output]).collect();
    body.result = here(result);
    let mut parameters = Vec::new();
    let mut inputs = inputs.into_iter();
    body.code.open_scope();
    if let Some(own) = hir.self_param() {
        let local = body.binding(own)?;
        if let Some(ty) = inputs.next() {
            body.code.schedule(local, ty, None, Moved::No)?;
        }
        parameters.push(local);
    }
    let mut patterns = Vec::new();
    for (pattern, ty) in hir.params.iter().zip(inputs) {
        let local = body.parameter(*pattern, ty)?;
        parameters.push(local);
        patterns.push((*pattern, ty, local));
    }
    if attributes.track_caller {
        let caller = body.build.local(POINTER, None);
        parameters.push(caller);
        body.caller = Some(caller);
    }
    body.bind_parameters(&patterns)?;
    let span = body.build.span;
    body.run(hir.root_expr())?;
    let linkage = program.linkage(&instance);
    let symbol = program.symbol(&instance);
    let abi = abi_of(db, function);
    body.check_abi(abi, types)?;
    let inline = attributes.inline;
    Ok(body.code.finish(Head { symbol, linkage, abi, parameters, result, span, inline }))
}

/// How a function is called.
pub(super) fn abi_of(db: &dyn HirDatabase, function: FunctionId) -> Abi {
    let abi = FunctionSignature::of(db, function).abi;
    let foreign = matches!(function.lookup(db).container, ItemContainerId::ExternBlockId(_));
    if foreign || !is_rust(abi.as_str()) { Abi::C } else { Abi::Rust }
}

/// Whether functions of this name's ABI are called as MIR's own are.
pub(super) fn is_rust(abi: &str) -> bool {
    matches!(abi, "Rust" | "rust-call" | "rust-intrinsic" | "rust-cold")
}

/// Lowers the body of a closure. Its first parameter is the closure, or a pointer to it.
pub(super) fn closure<'db>(
    db: &'db dyn HirDatabase,
    program: &dyn Program<'db>,
    closure: InternedClosureId,
    args: GenericArgs<'db>,
    checks: Checks,
) -> Result<Lowered<'db>> {
    let instance = Instance::Closure(closure, args);
    let location = closure.loc(db);
    let parent = GenericArgs::new_from_slice(args.as_closure().parent_args());
    let code = Code::new(db, program, parent, checks);
    let mut body = Body::new(code, location.owner)?;
    let expr = location.expr;
    body.build.span = body.source.span(expr.into()).unwrap_or_default();
    let Expr::Closure { args: patterns, body: root, .. } = &body.store[expr] else {
        return Err(body.unsupported("a closure that is none"));
    };
    let interner = body.types.interner;
    let ty = Ty::new(interner, TyKind::Closure(closure.into(), args));
    let signature = interner.instantiate_bound_regions_with_erased(args.as_closure().sig());
    let output = body.types.normalized(signature.output());
    let result = body.local(output, None)?;
    body.result = here(result);
    let own = closure_parameter(&mut body, ty, args)?;
    let mut parameters = vec![own.0];
    let tuple = signature.inputs().first().copied();
    let inputs = tuple.and_then(|tuple| body.types.fields_of_tuple(tuple)).unwrap_or_default();
    let mut bound = Vec::new();
    for (pattern, ty) in patterns.iter().zip(inputs) {
        let ty = body.types.normalized(ty);
        let local = body.parameter(*pattern, ty)?;
        parameters.push(local);
        bound.push((*pattern, ty, local));
    }
    body.captures = Some(captures(&body, expr, own.1, ty)?);
    body.code.open_scope();
    if let Base::Local(local) = own.1.base {
        body.code.schedule(local, ty, None, Moved::No)?;
    }
    body.bind_parameters(&bound)?;
    let span = body.build.span;
    body.run(*root)?;
    let linkage = program.linkage(&instance);
    let symbol = program.symbol(&instance);
    let (abi, inline) = (Abi::Rust, Inline::Wished);
    Ok(body.code.finish(Head { symbol, linkage, abi, parameters, result, span, inline }))
}

/// The parameter that a closure is itself, and where the closure is.
fn closure_parameter<'db>(
    body: &mut Body<'_, 'db>,
    ty: Ty<'db>,
    args: GenericArgs<'db>,
) -> Result<(LocalId, Place)> {
    if args.as_closure().kind() == ClosureKind::FnOnce {
        let local = body.local(ty, None)?;
        return Ok((local, here(local)));
    }
    let local = body.build.local(POINTER, None);
    Ok((local, Place { base: Base::Behind(local), offset: 0 }))
}

/// What a closure captures, and where it has it.
fn captures<'db>(
    body: &Body<'_, 'db>,
    closure: ExprId,
    place: Place,
    ty: Ty<'db>,
) -> Result<Captures<'db>> {
    let mut list = Vec::new();
    let data = body.infer.closures_data.get(&closure);
    for (index, capture) in
        data.into_iter().flat_map(|data| data.min_captures.values().flatten()).enumerate()
    {
        let offset = body.types.offset(ty, index).map_err(|what| body.unsupported(what))?;
        list.push(Capture {
            binding: capture.captured_local(),
            steps: capture.place.projections.iter().map(|step| step.kind).collect(),
            place: super::build::at(place, offset),
            ty: body.types.of(capture.captured_ty(body.db)),
            by_reference: capture.is_by_ref(),
        });
    }
    Ok(Captures { closure, list })
}

/// What the initialiser of a constant says, asked of its body.
pub(super) fn initializer<'db, T>(
    code: &mut Code<'_, 'db>,
    id: ConstId,
    args: GenericArgs<'db>,
    ask: impl FnOnce(&mut Body<'_, 'db>, ExprId) -> Option<T>,
) -> Option<T> {
    /// Constants that refer to each other deeper than this do so without end.
    const DEEPEST: usize = 32;
    if code.depth >= DEEPEST {
        return None;
    }
    let mut inner = Code::new(code.db, code.program, args, code.checks);
    inner.depth = code.depth + 1;
    let mut body = Body::new(inner, InferBodyId::from(id)).ok()?;
    let root = HirBody::of(code.db, DefWithBodyId::ConstId(id)).root_expr();
    let answer = ask(&mut body, root)?;
    code.adopt(body.code);
    Some(answer)
}
