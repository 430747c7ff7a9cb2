//! Which temporary values live as long as a variable: those that a `let` points to.
//!
//! The rules are [those of the reference]: the operand of a borrow in the initialiser is extended, through
//! fields, elements, tuples, structs, arrays, casts and the tails of blocks.
//!
//! [those of the reference]: https://doc.rust-lang.org/reference/destructors.html#temporary-lifetime-extension

use ra_ap_hir_def::hir::{
    Array, BindingAnnotation, Expr, ExprId, Pat, PatId, RecordSpread, Statement, UnaryOp,
};

use super::body::Body;

impl Body<'_, '_> {
    /// Notes which temporary values of an initialiser are dropped at the end of this scope.
    pub(super) fn extend(&mut self, e: ExprId, scope: usize) {
        let store = self.store;
        match &store[e] {
            Expr::Ref { expr, .. } => {
                self.extend_place(*expr, scope);
                self.extend(*expr, scope);
            }
            Expr::Cast { expr, .. } => self.extend(*expr, scope),
            Expr::Tuple { exprs } => exprs.iter().for_each(|it| self.extend(*it, scope)),
            Expr::Array(Array::ElementList { elements }) => {
                elements.iter().for_each(|it| self.extend(*it, scope));
            }
            Expr::RecordLit { fields, spread, .. } => {
                fields.iter().for_each(|field| self.extend(field.expr, scope));
                if let RecordSpread::Expr(base) = spread {
                    self.extend(*base, scope);
                }
            }
            Expr::Call { callee, args } if self.is_constructor(*callee) => {
                args.iter().for_each(|it| self.extend(*it, scope));
            }
            Expr::Block { tail: Some(tail), statements, .. }
            | Expr::Unsafe { tail: Some(tail), statements, .. } => {
                self.extend_lets(statements, scope);
                self.extend(*tail, scope);
            }
            Expr::If { then_branch, else_branch: Some(other), .. } => {
                self.extend(*then_branch, scope);
                self.extend(*other, scope);
            }
            _ => {}
        }
    }

    /// What `format_args!` borrows lives as long as its value, though it stands in a block there.
    pub(super) fn extend_desugared(&mut self, statements: &[Statement]) {
        if let Some(scope) = self.code.depth().checked_sub(1) {
            self.extend_lets(statements, scope);
        }
    }

    fn extend_lets(&mut self, statements: &[Statement], scope: usize) {
        for statement in statements {
            let Statement::Let { pat, initializer: Some(value), .. } = statement else { continue };
            let Pat::Bind { id, .. } = self.store[*pat] else { continue };
            // Nobody else can write such a name.
            if self.store[id].name.as_str().starts_with("<ra@") {
                self.extend(*value, scope);
                if let Expr::Tuple { exprs } = &self.store[*value] {
                    self.formatted.extend(exprs.iter().copied());
                }
            }
        }
    }

    /// The same of what is pointed to.
    pub(super) fn extend_place(&mut self, e: ExprId, scope: usize) {
        // What is around it was asked first.
        self.extended.entry(e).or_insert(scope);
        match &self.store[e] {
            Expr::Field { expr, .. }
            | Expr::Index { base: expr, .. }
            | Expr::UnaryOp { expr, op: UnaryOp::Deref } => self.extend_place(*expr, scope),
            _ => {}
        }
    }

    fn is_constructor(&self, callee: ExprId) -> bool {
        use ra_ap_hir_def::CallableDefId;
        use ra_ap_hir_ty::next_solver::TyKind;
        use ra_ap_rustc_type_ir::inherent::IntoKind;
        match self.raw_ty(callee).kind() {
            TyKind::FnDef(definition, _) => !matches!(definition.0, CallableDefId::FunctionId(_)),
            _ => false,
        }
    }

    /// Whether a pattern has names with `ref`.
    pub(super) fn binds_reference(&self, pattern: PatId) -> bool {
        let mut any = false;
        self.store.walk_pats(pattern, &mut |inner| {
            if let Pat::Bind { id, .. } = self.store[inner] {
                let mode = self.store[id].mode;
                any |= matches!(mode, BindingAnnotation::Ref | BindingAnnotation::RefMut);
            }
        });
        any
    }
}
