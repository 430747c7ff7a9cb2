//! Statements of a body that the front end has in another place ([`crate::jit::front::slices`]).
//!
//! What they mean is asked of the function in which they stand there. Their variables are those of the body: who is which
//! is known from their declarations, and that they have the same types is seen here.

use std::collections::{HashMap, HashSet};
use std::mem::swap;
use std::ops::ControlFlow;

use ra_ap_hir_def::ExpressionStoreOwnerId;
use ra_ap_hir_def::expr_store::{Body as HirBody, ExpressionStore};
use ra_ap_hir_def::hir::{BindingId, Expr, ExprId, Statement as HirStatement};
use ra_ap_hir_def::resolver::{HasResolver, Resolver};
use ra_ap_hir_ty::next_solver::{DbInterner, Ty, TyKind};
use ra_ap_hir_ty::{InferBodyId, InferenceResult};
use ra_ap_rustc_type_ir::inherent::IntoKind;
use ra_ap_rustc_type_ir::{FloatTy, IntTy, TypeSuperVisitable, TypeVisitable, TypeVisitor};

use super::super::front::slices::{Open, Slice, Statement, Variable};
use super::super::mir::{LocalId, Place};
use super::Result;
use super::body::Body;
use super::source::Source;

/// What a body is asked of, where a part of it stands elsewhere.
struct Elsewhere<'a, 'db> {
    owner: InferBodyId,
    store_owner: ExpressionStoreOwnerId,
    store: &'db ExpressionStore,
    infer: &'db InferenceResult,
    resolver: Resolver<'db>,
    source: Source<'a, 'db>,
    bindings: HashMap<BindingId, LocalId>,
    extended: HashMap<ExprId, usize>,
    formatted: HashSet<ExprId>,
}

impl<'a, 'db> Body<'a, 'db> {
    /// Lowers what takes the place of this statement of a block that has `scope`; whether anything does.
    pub(super) fn replaced(&mut self, statement: &HirStatement, scope: usize) -> Result<bool> {
        let Some(slice) = self.slice else { return Ok(false) };
        let which = match statement {
            HirStatement::Let { pat, .. } => Statement::Let(*pat),
            HirStatement::Expr { expr, .. } => Statement::Effect(*expr),
            HirStatement::Item(_) => return Ok(false),
        };
        let Some((_, new)) = slice.statements.iter().find(|(old, _)| *old == which) else {
            return Ok(false);
        };
        self.in_slice(slice, (which, *new), |body, new| body.statement(new, scope))?;
        Ok(true)
    }

    /// The same of the value of a block.
    pub(super) fn replaced_tail(&mut self, tail: ExprId, to: Place) -> Result<bool> {
        let Some(slice) = self.slice else { return Ok(false) };
        let which = Statement::Tail(tail);
        let Some((_, new)) = slice.statements.iter().find(|(old, _)| *old == which) else {
            return Ok(false);
        };
        self.in_slice(slice, (which, *new), |body, new| match new {
            HirStatement::Expr { expr, .. } => body.into(*expr, to),
            _ => Err(body.unsupported("a slice without its value")),
        })?;
        Ok(true)
    }

    /// Goes on where the slice stands, with a statement of it.
    fn in_slice(
        &mut self,
        slice: &'a Slice,
        (old, new): (Statement, Statement),
        lower: impl FnOnce(&mut Self, &HirStatement) -> Result<()>,
    ) -> Result<()> {
        let mut other = self.elsewhere(slice)?;
        self.has_same_types(&other, slice)?;
        let old = statement(HirBody::of(self.db, slice.of.into()), old);
        let new = statement(HirBody::of(self.db, slice.owner.into()), new);
        let (Some(old), Some(new)) = (old, new) else {
            return Err(self.unsupported("a slice without its statement"));
        };
        // Whether a block comes to its end decides its type.
        if leads_out(self.store, self.infer, &old) || leads_out(other.store, other.infer, &new) {
            return Err(self.unsupported("a slice that leads out of its block"));
        }
        if expressions(&new).any(|e| has_bodies(other.store, e)) {
            return Err(self.unsupported("a slice with a body in it"));
        }
        for Variable { old, new, .. } in &slice.variables {
            if let Some(local) = self.bindings.get(old) {
                other.bindings.insert(*new, *local);
            }
        }
        self.exchange(&mut other);
        // Blocks in it have numbers of their own, which mean something else in the body.
        self.slice = None;
        let lowered = lower(self, &new);
        self.slice = Some(slice);
        self.exchange(&mut other);
        for Variable { old, new, .. } in &slice.variables {
            if let Some(local) = other.bindings.get(new) {
                self.bindings.insert(*old, *local);
            }
        }
        lowered
    }

    fn elsewhere(&self, slice: &Slice) -> Result<Elsewhere<'a, 'db>> {
        let owner = InferBodyId::from(slice.owner);
        let store_owner = owner.expression_store_owner(self.db);
        let infer = InferenceResult::of(self.db, owner);
        if infer.has_type_mismatches() || infer.is_erroneous() {
            return Err(self.unsupported("a slice with type errors"));
        }
        Ok(Elsewhere {
            owner,
            store_owner,
            store: ExpressionStore::of(self.db, store_owner),
            infer,
            resolver: owner.resolver(self.db),
            source: Source::new(self.db, self.program, store_owner),
            bindings: HashMap::new(),
            extended: HashMap::new(),
            formatted: HashSet::new(),
        })
    }

    fn exchange(&mut self, other: &mut Elsewhere<'a, 'db>) {
        swap(&mut self.owner, &mut other.owner);
        swap(&mut self.store_owner, &mut other.store_owner);
        swap(&mut self.store, &mut other.store);
        swap(&mut self.infer, &mut other.infer);
        swap(&mut self.resolver, &mut other.resolver);
        swap(&mut self.source, &mut other.source);
        swap(&mut self.bindings, &mut other.bindings);
        swap(&mut self.extended, &mut other.extended);
        swap(&mut self.formatted, &mut other.formatted);
    }

    /// Refuses a slice whose variables have other types than those of the body, or may have.
    fn has_same_types(&self, other: &Elsewhere<'_, 'db>, slice: &Slice) -> Result<()> {
        for Variable { old, new, is_declared } in &slice.variables {
            let ty = self.types.of(other.infer.binding_ty(*new));
            let is_open = !is_declared && ty.visit_with(&mut Default(slice.open)).is_break();
            if is_open || ty != self.types.of(self.infer.binding_ty(*old)) {
                return Err(self.unsupported("a slice that leaves a type open"));
            }
        }
        Ok(())
    }
}

/// A statement of a body, in whichever block it is.
fn statement(body: &HirBody, which: Statement) -> Option<HirStatement> {
    let mut open = vec![body.root_expr()];
    while let Some(e) = open.pop() {
        if let Expr::Block { statements, tail, .. } = &body[e] {
            let is_it = |it: &&HirStatement| match (which, it) {
                (Statement::Let(which), HirStatement::Let { pat, .. }) => which == *pat,
                (Statement::Effect(which), HirStatement::Expr { expr, .. }) => which == *expr,
                _ => false,
            };
            if let Statement::Tail(which) = which
                && *tail == Some(which)
            {
                return Some(HirStatement::Expr { expr: which, has_semi: false });
            }
            if let Some(found) = statements.iter().find(is_it) {
                return Some(found.clone());
            }
        }
        body.walk_child_exprs(e, |inner| open.push(inner));
    }
    None
}

/// The expressions of a statement.
fn expressions(statement: &HirStatement) -> impl Iterator<Item = ExprId> {
    let all = match statement {
        HirStatement::Let { initializer, else_branch, .. } => [*initializer, *else_branch],
        HirStatement::Expr { expr, .. } => [Some(*expr), None],
        HirStatement::Item(_) => [None, None],
    };
    all.into_iter().flatten()
}

/// Whether an expression has others in it that become functions or constants of their own, which macros may write.
fn has_bodies(store: &ExpressionStore, e: ExprId) -> bool {
    let mut found = matches!(store[e], Expr::Closure { .. } | Expr::Const(_));
    store.walk_child_exprs(e, |inner| found |= has_bodies(store, inner));
    found
}

/// Whether nothing that follows a statement may be reached.
fn leads_out(store: &ExpressionStore, infer: &InferenceResult, statement: &HirStatement) -> bool {
    // What comes after `else` leads out in any case.
    expressions(statement).next().is_some_and(|e| diverges(store, infer, e))
}

fn diverges(store: &ExpressionStore, infer: &InferenceResult, e: ExprId) -> bool {
    if infer.expr_ty(e).is_never() {
        return true;
    }
    match &store[e] {
        // What is in some of its branches may be left out.
        Expr::If { condition, then_branch, else_branch } => {
            let inner = |e: &ExprId| diverges(store, infer, *e);
            inner(condition) || else_branch.as_ref().is_some_and(|e| inner(e) && inner(then_branch))
        }
        Expr::Match { expr, arms } => {
            let inner = |e: ExprId| diverges(store, infer, e);
            inner(*expr) || arms.iter().all(|arm| inner(arm.expr))
        }
        Expr::Loop { .. } | Expr::Closure { .. } => false,
        _ => {
            let mut found = false;
            store.walk_child_exprs(e, |inner| found |= diverges(store, infer, inner));
            found
        }
    }
}

/// Looks for types that numbers get where nothing decides about them.
struct Default(Open);

impl<'db> TypeVisitor<DbInterner<'db>> for Default {
    type Result = ControlFlow<()>;

    fn visit_ty(&mut self, ty: Ty<'db>) -> ControlFlow<()> {
        match ty.kind() {
            TyKind::Int(IntTy::I32) if self.0.integers => ControlFlow::Break(()),
            TyKind::Float(FloatTy::F64) if self.0.floats => ControlFlow::Break(()),
            _ => ty.super_visit_with(self),
        }
    }
}
