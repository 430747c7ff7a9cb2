//! Blocks, loops, and what leads out of them.

use ra_ap_hir_def::hir::{Expr, ExprId, LabelId, MatchArm, Pat, PatId, Statement};

use super::super::mir::{BlockId, End, Operand, Place, Scalar, Value};
use super::Result;
use super::body::{Body, Loop};
use super::build::BOOL;
use super::code::Spot;
use super::drops::Moved;
use super::pattern::Claim;

impl<'db> Body<'_, 'db> {
    /// What comes next stands where this expression begins.
    pub(super) fn at_expression(&mut self, e: ExprId) {
        if let Some(span) = self.source.span(e.into()) {
            self.build.span = span;
        }
    }

    pub(super) fn block(
        &mut self,
        statements: &[Statement],
        tail: Option<ExprId>,
        to: Place,
    ) -> Result<()> {
        self.extend_desugared(statements);
        self.code.open_scope();
        let own = self.code.depth() - 1;
        for statement in statements {
            if !self.replaced(statement, own)? {
                self.statement(statement, own)?;
            }
        }
        // The tail's temporary values are dropped before the variables.
        if let Some(tail) = tail {
            self.code.open_scope();
            if !self.replaced_tail(tail, to)? {
                self.into(tail, to)?;
            }
            self.code.close_scope();
        }
        self.code.close_scope();
        Ok(())
    }

    /// A statement of a block that has `scope`.
    pub(super) fn statement(&mut self, statement: &Statement, scope: usize) -> Result<()> {
        match statement {
            Statement::Let { pat, initializer: None, .. } => {
                self.schedule_names(*pat, None, Moved::Yes)?;
            }
            Statement::Let { pat, initializer: Some(initializer), else_branch, .. } => {
                self.let_statement(*pat, *initializer, *else_branch, scope)?;
            }
            // `#[cfg(..)]` has taken it away.
            Statement::Expr { expr, .. } if matches!(self.store[*expr], Expr::Missing) => {}
            Statement::Expr { expr, .. } => {
                self.code.open_scope();
                self.effect(*expr)?;
                self.code.close_scope();
            }
            Statement::Item(_) => {}
        }
        Ok(())
    }

    /// Evaluates an expression whose value nobody uses.
    fn effect(&mut self, e: ExprId) -> Result<()> {
        if self.is_place(e) {
            self.place_of(e)?;
            return Ok(());
        }
        let ty = self.ty(e);
        let nowhere = self.temporary(ty)?;
        self.into(e, nowhere)?;
        self.code.guard(nowhere, ty);
        Ok(())
    }

    fn let_statement(
        &mut self,
        pattern: ra_ap_hir_def::hir::PatId,
        initializer: ExprId,
        else_branch: Option<ExprId>,
        scope: usize,
    ) -> Result<()> {
        self.extend(initializer, scope);
        self.code.open_scope();
        // A plain name is where the value is computed.
        if let Some(local) = self.plain_name(pattern)? {
            let ty = self.ty(initializer);
            self.into(initializer, super::build::here(local))?;
            self.code.schedule(local, ty, Some(scope), Moved::No)?;
            self.code.close_scope();
            return Ok(());
        }
        if self.binds_reference(pattern) {
            self.extend_place(initializer, scope);
        }
        let place = self.place_of(initializer)?;
        self.pattern_scope = Some(initializer);
        let otherwise = self.build.block();
        self.test(pattern, &place, otherwise)?;
        let matched = self.build.current();
        if let Some(else_branch) = else_branch {
            self.build.start(otherwise);
            self.code.leave_to(scope + 1);
            let inner = self.code.take_scopes(scope + 1);
            let nowhere = self.build.temporary(super::build::NO_LAYOUT);
            self.code.open_scope();
            self.into(else_branch, nowhere)?;
            self.code.close_scope();
            self.code.put_scopes(inner);
            self.build.end(End::Unreachable);
        }
        self.build.start(matched);
        self.bind(pattern, &place, Claim::Yes)?;
        self.schedule_names(pattern, Some(scope), Moved::No)?;
        self.code.close_scope();
        Ok(())
    }

    /// Goes on in the current block where the condition holds, to `otherwise` where not: there the scopes
    /// above `depth` are left.
    pub(super) fn condition(&mut self, e: ExprId, otherwise: BlockId, depth: usize) -> Result<()> {
        use ra_ap_hir_def::hir::{BinaryOp, LogicOp};
        if self.adjustments(e).is_empty() {
            match &self.store[e] {
                Expr::Let { pat, expr } => {
                    let place = self.place_of(*expr)?;
                    self.pattern_scope = Some(*expr);
                    let fail = self.leaving(otherwise, depth);
                    self.test(*pat, &place, fail)?;
                    self.bind(*pat, &place, Claim::Yes)?;
                    return self.schedule_names(*pat, None, Moved::No);
                }
                Expr::BinaryOp { lhs, rhs, op: Some(BinaryOp::LogicOp(LogicOp::And)) } => {
                    self.condition(*lhs, otherwise, depth)?;
                    return self.condition(*rhs, otherwise, depth);
                }
                _ => {}
            }
        }
        self.code.open_scope();
        let mut condition = self.operand_of(e)?;
        self.at_expression(e);
        if self.code.drops_above(self.code.depth() - 1) {
            condition = self.build.value(Scalar::I8, Value::Use(condition));
        }
        self.code.close_scope();
        let fail = self.leaving(otherwise, depth);
        self.build.check(condition, fail);
        Ok(())
    }

    /// A block that leaves the scopes above a depth and goes on there.
    fn leaving(&mut self, to: BlockId, depth: usize) -> BlockId {
        if !self.code.drops_above(depth) {
            return to;
        }
        let (before, block) = (self.build.current(), self.build.block());
        self.build.start(block);
        self.code.leave_to(depth);
        self.build.goto(to);
        self.build.start(before);
        block
    }

    pub(super) fn if_else(
        &mut self,
        condition: ExprId,
        then: ExprId,
        otherwise: Option<ExprId>,
        to: Place,
    ) -> Result<()> {
        let (other, end) = (self.build.block(), self.build.block());
        let depth = self.code.depth();
        self.code.enter_region();
        self.code.open_scope();
        self.condition(condition, other, depth)?;
        self.scoped_into(then, to)?;
        self.code.close_scope();
        self.code.leave_region();
        self.build.goto(end);
        self.build.start(other);
        if let Some(otherwise) = otherwise {
            self.code.enter_region();
            self.scoped_into(otherwise, to)?;
            self.code.leave_region();
        }
        self.build.goto(end);
        self.build.start(end);
        Ok(())
    }

    /// An expression at whose end its temporary values are dropped.
    fn scoped_into(&mut self, e: ExprId, to: Place) -> Result<()> {
        self.code.open_scope();
        self.into(e, to)?;
        self.code.close_scope();
        Ok(())
    }

    /// `let` or `&&` as a value.
    pub(super) fn condition_value(&mut self, e: ExprId, to: Place) -> Result<()> {
        let (other, end) = (self.build.block(), self.build.block());
        let depth = self.code.depth();
        self.code.enter_region();
        self.code.open_scope();
        self.condition(e, other, depth)?;
        self.set_truth(to, 1);
        self.code.close_scope();
        self.code.leave_region();
        self.build.goto(end);
        self.build.start(other);
        self.set_truth(to, 0);
        self.build.goto(end);
        self.build.start(end);
        Ok(())
    }

    fn set_truth(&mut self, to: Place, truth: u128) {
        self.build.set(Scalar::I8, to, Value::Use(Operand::Constant(Scalar::I8, truth)));
    }

    /// `a || b`.
    pub(super) fn either(&mut self, a: ExprId, b: ExprId, to: Place) -> Result<()> {
        let (other, end) = (self.build.block(), self.build.block());
        let first = self.build.temporary(BOOL);
        self.scoped_into(a, first)?;
        self.build.check(Operand::Load(Scalar::I8, first), other);
        self.set_truth(to, 1);
        self.build.goto(end);
        self.build.start(other);
        self.code.enter_region();
        self.scoped_into(b, to)?;
        self.code.leave_region();
        self.build.goto(end);
        self.build.start(end);
        Ok(())
    }

    pub(super) fn match_arms(&mut self, on: ExprId, arms: &[MatchArm], to: Place) -> Result<()> {
        let place = self.place_of(on)?;
        let end = self.build.block();
        for arm in arms {
            let next = self.build.block();
            self.pattern_scope = Some(on);
            self.code.enter_region();
            self.code.open_scope();
            match arm.guard {
                Some(guard) => self.guarded(arm.pat, &place, (on, guard), next)?,
                None => {
                    self.test(arm.pat, &place, next)?;
                    self.bind(arm.pat, &place, Claim::Yes)?;
                }
            }
            self.schedule_names(arm.pat, None, Moved::No)?;
            self.scoped_into(arm.expr, to)?;
            self.code.close_scope();
            self.code.leave_region();
            self.build.goto(end);
            self.build.start(next);
        }
        self.build.end(End::Unreachable);
        self.build.start(end);
        Ok(())
    }

    /// A pattern with a guard, which is asked for each alternative that matches.
    fn guarded(
        &mut self,
        pattern: PatId,
        place: &Spot<'db>,
        (on, guard): (ExprId, ExprId),
        otherwise: BlockId,
    ) -> Result<()> {
        let store = self.store;
        let alternatives = match &store[pattern] {
            Pat::Or(alternatives) => &alternatives[..],
            _ => &[pattern],
        };
        let matched = self.build.block();
        let depth = self.code.depth();
        for alternative in alternatives {
            if self.has_alternative_names(*alternative) {
                return Err(self.unsupported("a guard for alternatives inside of a pattern"));
            }
            let next = self.build.block();
            self.pattern_scope = Some(on);
            self.code.enter_region();
            self.test(*alternative, place, next)?;
            self.bind(*alternative, place, Claim::Later)?;
            self.code.open_scope();
            self.condition(guard, next, depth)?;
            self.code.close_scope();
            self.bind(*alternative, place, Claim::Yes)?;
            self.code.leave_region();
            self.build.goto(matched);
            self.build.start(next);
        }
        self.build.goto(otherwise);
        self.build.start(matched);
        Ok(())
    }

    /// Whether alternatives inside of a pattern give values to names.
    fn has_alternative_names(&self, pattern: PatId) -> bool {
        let mut named = false;
        self.store.walk_pats(pattern, &mut |inner| {
            if let Pat::Or(_) = self.store[inner] {
                self.store.walk_bindings_in_pat(inner, |_| named = true);
            }
        });
        named
    }

    pub(super) fn endless(
        &mut self,
        body: ExprId,
        label: Option<LabelId>,
        to: Place,
    ) -> Result<()> {
        let (begin, end) = (self.build.block(), self.build.block());
        self.build.goto(begin);
        self.build.start(begin);
        let depth = self.code.depth();
        self.loops.push(Loop { label, begin: Some(begin), end, value: to, depth });
        let nowhere = self.build.temporary(super::build::NO_LAYOUT);
        self.code.enter_region();
        self.scoped_into(body, nowhere)?;
        self.code.leave_region();
        self.build.goto(begin);
        self.loops.pop();
        self.build.start(end);
        Ok(())
    }

    pub(super) fn labelled(
        &mut self,
        label: LabelId,
        statements: &[Statement],
        tail: Option<ExprId>,
        to: Place,
    ) -> Result<()> {
        let end = self.build.block();
        let depth = self.code.depth();
        self.loops.push(Loop { label: Some(label), begin: None, end, value: to, depth });
        self.code.enter_region();
        self.block(statements, tail, to)?;
        self.code.leave_region();
        self.build.goto(end);
        self.loops.pop();
        self.build.start(end);
        Ok(())
    }

    fn loop_of(&self, label: Option<LabelId>) -> Result<Loop> {
        let mut loops = self.loops.iter().rev();
        let found = match label {
            Some(label) => loops.find(|it| it.label == Some(label)),
            None => loops.find(|it| it.begin.is_some()),
        };
        found.copied().ok_or_else(|| self.unsupported("`break` or `continue` without a loop"))
    }

    pub(super) fn break_from(
        &mut self,
        label: Option<LabelId>,
        value: Option<ExprId>,
    ) -> Result<()> {
        let target = self.loop_of(label)?;
        if let Some(value) = value {
            self.into(value, target.value)?;
        }
        self.code.leave_to(target.depth);
        self.build.goto(target.end);
        Ok(())
    }

    pub(super) fn continue_in(&mut self, label: Option<LabelId>) -> Result<()> {
        let Loop { begin, depth, .. } = self.loop_of(label)?;
        match begin {
            Some(begin) => {
                self.code.leave_to(depth);
                self.build.goto(begin);
                Ok(())
            }
            None => Err(self.unsupported("`continue` in a block that is no loop")),
        }
    }

    pub(super) fn return_from(&mut self, value: Option<ExprId>) -> Result<()> {
        if let Some(value) = value {
            let result = self.result;
            self.into(value, result)?;
        }
        self.code.leave_to(0);
        self.build.end(End::Return);
        Ok(())
    }
}
