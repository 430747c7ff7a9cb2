//! Operators that cargo-mutants does not have, made when they are asked for.

use syn::{Block, Expr, Signature, Stmt};

use super::visit::Visitor;
use crate::Function;

/// In a function as a whole.
pub(super) fn body(
    _visitor: &mut Visitor<'_>,
    _function: &Function,
    _signature: &Signature,
    _body: &Block,
) {
}

/// In a statement.
pub(super) fn statement(_visitor: &mut Visitor<'_>, _statement: &Stmt) {}

/// In an expression.
pub(super) fn expression(_visitor: &mut Visitor<'_>, _expression: &Expr) {}
