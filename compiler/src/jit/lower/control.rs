//! Blocks, loops, and what leads out of them.

use ra_ap_hir_def::hir::{Expr, ExprId, LabelId, MatchArm, Pat, PatId, Statement};

use super::super::mir::{BlockId, End, Operand, Place, Scalar, Value};
use super::Result;
use super::body::{Body, Loop};
use super::build::BOOL;
use super::code::Spot;

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
        for statement in statements {
            match statement {
                Statement::Let { pat, initializer, else_branch, .. } => {
                    let Some(initializer) = initializer else { continue };
                    self.let_statement(*pat, *initializer, *else_branch)?;
                }
                Statement::Expr { expr, .. } => self.effect(*expr)?,
                Statement::Item(_) => {}
            }
        }
        match tail {
            Some(tail) => self.into(tail, to),
            None => Ok(()),
        }
    }

    /// Evaluates an expression whose value nobody uses.
    fn effect(&mut self, e: ExprId) -> Result<()> {
        if self.is_place(e) {
            self.place_of(e)?;
            return Ok(());
        }
        let ty = self.ty(e);
        let nowhere = self.temporary(ty)?;
        self.into(e, nowhere)
    }

    fn let_statement(
        &mut self,
        pattern: ra_ap_hir_def::hir::PatId,
        initializer: ExprId,
        else_branch: Option<ExprId>,
    ) -> Result<()> {
        // A plain name is where the value is computed.
        if let Some(local) = self.plain_name(pattern)? {
            return self.into(initializer, super::build::here(local));
        }
        let place = self.place_of(initializer)?;
        self.pattern_scope = Some(initializer);
        let otherwise = self.build.block();
        self.test(pattern, &place, otherwise)?;
        self.bind(pattern, &place)?;
        let Some(else_branch) = else_branch else { return Ok(()) };
        let next = self.build.block();
        self.build.goto(next);
        self.build.start(otherwise);
        let nowhere = self.build.temporary(super::build::NO_LAYOUT);
        self.into(else_branch, nowhere)?;
        self.build.end(End::Unreachable);
        self.build.start(next);
        Ok(())
    }

    /// Goes on in the current block where the condition holds, to `otherwise` where not.
    pub(super) fn condition(
        &mut self,
        e: ExprId,
        otherwise: super::super::mir::BlockId,
    ) -> Result<()> {
        use ra_ap_hir_def::hir::{BinaryOp, LogicOp};
        if self.adjustments(e).is_empty() {
            match &self.store[e] {
                Expr::Let { pat, expr } => {
                    let place = self.place_of(*expr)?;
                    self.pattern_scope = Some(*expr);
                    self.test(*pat, &place, otherwise)?;
                    return self.bind(*pat, &place);
                }
                Expr::BinaryOp { lhs, rhs, op: Some(BinaryOp::LogicOp(LogicOp::And)) } => {
                    self.condition(*lhs, otherwise)?;
                    return self.condition(*rhs, otherwise);
                }
                _ => {}
            }
        }
        let condition = self.operand_of(e)?;
        self.at_expression(e);
        self.build.check(condition, otherwise);
        Ok(())
    }

    pub(super) fn if_else(
        &mut self,
        condition: ExprId,
        then: ExprId,
        otherwise: Option<ExprId>,
        to: Place,
    ) -> Result<()> {
        let (other, end) = (self.build.block(), self.build.block());
        self.condition(condition, other)?;
        self.into(then, to)?;
        self.build.goto(end);
        self.build.start(other);
        if let Some(otherwise) = otherwise {
            self.into(otherwise, to)?;
        }
        self.build.goto(end);
        self.build.start(end);
        Ok(())
    }

    /// `let` or `&&` as a value.
    pub(super) fn condition_value(&mut self, e: ExprId, to: Place) -> Result<()> {
        let (other, end) = (self.build.block(), self.build.block());
        self.condition(e, other)?;
        self.set_truth(to, 1);
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
        self.into(a, first)?;
        self.build.check(Operand::Load(Scalar::I8, first), other);
        self.set_truth(to, 1);
        self.build.goto(end);
        self.build.start(other);
        self.into(b, to)?;
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
            match arm.guard {
                Some(guard) => self.guarded(arm.pat, &place, (on, guard), next)?,
                None => {
                    self.test(arm.pat, &place, next)?;
                    self.bind(arm.pat, &place)?;
                }
            }
            self.into(arm.expr, to)?;
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
        for alternative in alternatives {
            if self.has_alternative_names(*alternative) {
                return Err(self.unsupported("a guard for alternatives inside of a pattern"));
            }
            let next = self.build.block();
            self.pattern_scope = Some(on);
            self.test(*alternative, place, next)?;
            self.bind(*alternative, place)?;
            self.condition(guard, next)?;
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
        self.loops.push(Loop { label, begin: Some(begin), end, value: to });
        let nowhere = self.build.temporary(super::build::NO_LAYOUT);
        self.into(body, nowhere)?;
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
        self.loops.push(Loop { label: Some(label), begin: None, end, value: to });
        self.block(statements, tail, to)?;
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
        self.build.goto(target.end);
        Ok(())
    }

    pub(super) fn continue_in(&mut self, label: Option<LabelId>) -> Result<()> {
        match self.loop_of(label)?.begin {
            Some(begin) => {
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
        self.build.end(End::Return);
        Ok(())
    }
}
