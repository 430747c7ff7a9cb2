//! What stands in a slice, and what it is in the body.

use ra_ap_base_db::EditionedFileId;
use ra_ap_hir_def::expr_store::{ExpressionStore, ExpressionStoreSourceMap};
use ra_ap_hir_def::hir::{BindingId, ExprOrPatId, Pat};
use ra_ap_hir_expand::InFile;
use ra_ap_syntax::{AstNode, SyntaxKind, SyntaxNode, ast};

use super::choice::{Loop, Part, statements};
use super::{Statement, Variable};

/// The body, the slice, and what of the one is what of the other.
pub(super) struct Both<'db> {
    pub(super) old: In<'db>,
    pub(super) new: In<'db>,
    pub(super) variables: Vec<Variable>,
    pub(super) statements: Vec<(Statement, Statement)>,
}

impl Both<'_> {
    /// Finds these parts of the slice, which are these statements of it.
    pub(super) fn find(&mut self, parts: &[Part], nodes: &[SyntaxNode]) -> Option<()> {
        for (part, is) in parts.iter().zip(nodes) {
            let (was, is_new) = match part {
                Part::Loop { old, parts } => {
                    let new = Loop::of(is)?;
                    if let (Some(was), Some(is)) = (&old.pattern, &new.pattern) {
                        self.declare(was, is, false)?;
                    }
                    self.find(parts, &statements(&new.body)?)?;
                    continue;
                }
                Part::Statement { old, new, .. } => (old, new.is_some()),
            };
            if let (Some(was), Some(is)) =
                (ast::LetStmt::cast(was.clone()), ast::LetStmt::cast(is.clone()))
            {
                let says_type = says_its_type(&is) && says_its_type(&was);
                self.declare(was.pat()?.syntax(), is.pat()?.syntax(), says_type)?;
            }
            if is_new {
                self.statements.push((self.old.statement(was)?, self.new.statement(is)?));
            }
        }
        (parts.len() <= nodes.len()).then_some(())
    }

    /// Adds the variables of two patterns, which must be written alike.
    pub(super) fn declare(
        &mut self,
        was: &SyntaxNode,
        is: &SyntaxNode,
        is_declared: bool,
    ) -> Option<()> {
        if was.text() != is.text() {
            return None;
        }
        let names = |node: &SyntaxNode| node.descendants().filter_map(ast::IdentPat::cast);
        for (was, is) in names(was).zip(names(is)) {
            match (self.old.variable(was)?, self.new.variable(is)?) {
                (Some(old), Some(new)) => {
                    self.variables.push(Variable { old, new, is_declared });
                }
                (None, None) => {}
                _ => return None,
            }
        }
        Some(())
    }
}

/// One body, and where its syntax is.
pub(super) struct In<'db> {
    pub(super) file: EditionedFileId,
    pub(super) store: &'db ExpressionStore,
    pub(super) map: &'db ExpressionStoreSourceMap,
}

impl In<'_> {
    fn statement(&self, node: &SyntaxNode) -> Option<Statement> {
        if let Some(it) = ast::LetStmt::cast(node.clone()) {
            let pattern = self.map.node_pat(InFile::new(self.file.into(), &it.pat()?))?;
            return Some(Statement::Let(pattern.as_pat()?));
        }
        let (e, is_tail) = match ast::ExprStmt::cast(node.clone()) {
            Some(it) => (it.expr()?, false),
            None => (ast::Expr::cast(node.clone())?, true),
        };
        let ExprOrPatId::ExprId(e) = self.map.node_expr(InFile::new(self.file.into(), &e))? else {
            return None;
        };
        Some(if is_tail { Statement::Tail(e) } else { Statement::Effect(e) })
    }

    fn variable(&self, name: ast::IdentPat) -> Option<Option<BindingId>> {
        let name = ast::Pat::IdentPat(name);
        let pattern = self.map.node_pat(InFile::new(self.file.into(), &name))?.as_pat()?;
        Some(match self.store[pattern] {
            Pat::Bind { id, .. } => Some(id),
            // A constant.
            _ => None,
        })
    }
}

/// Whether a declaration says the type of all that it declares.
fn says_its_type(declaration: &ast::LetStmt) -> bool {
    declaration.ty().is_some_and(|ty| {
        let mut inner = ty.syntax().descendants();
        !inner.any(|it| matches!(it.kind(), SyntaxKind::INFER_TYPE | SyntaxKind::MACRO_TYPE))
    })
}
