//! Switches inside of a body, for functions of whose body there can be one only: those whose result is `impl Trait`
//! (its hidden type has to be the same), and those that declare what must not be declared twice.
//!
//! A mutant's place is widened to the whole expression of operators around it, so that the changed text is read with the same
//! precedence as in the user's file; there a `match` chooses between the original, which stays in place, and the changed texts.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::splice::{Edits, Mark, Patch, one_line};
use crate::MutantId;

/// An expression that a switch can stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Root {
    pub(crate) range: Range<usize>,
    /// Whether it ends a statement without a semicolon, as `match` does.
    pub(crate) is_block: bool,
}

/// Finds the expressions of a body that no operator is around.
#[derive(Default)]
pub(crate) struct Roots {
    found: Vec<Root>,
    /// Whether the expression that is visited next stands right in an operator.
    is_operand: bool,
}

impl Roots {
    /// The roots of a block, whose text begins `shift` bytes into what was parsed.
    pub(crate) fn of(block: &syn::Block) -> Vec<Root> {
        let mut roots = Roots::default();
        roots.visit_block(block);
        roots.found
    }
}

impl<'ast> Visit<'ast> for Roots {
    fn visit_expr(&mut self, expression: &'ast syn::Expr) {
        let is_operand = std::mem::take(&mut self.is_operand);
        let is_switchable = !matches!(expression, syn::Expr::Let(_)) && !has_let(expression);
        if !is_operand && is_switchable {
            self.found.push(Root {
                range: expression.span().byte_range(),
                is_block: is_block(expression),
            });
        }
        if is_operator(expression) && is_switchable {
            for operand in operands(expression) {
                self.is_operand = true;
                self.visit_expr(operand);
            }
            self.is_operand = false;
        } else {
            visit::visit_expr(self, expression);
        }
    }

    // Functions, types and constants inside of it are not part of this body.
    fn visit_item(&mut self, _: &'ast syn::Item) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}

    // A pattern may have a guard, but its ranges are constants.
    fn visit_pat(&mut self, pattern: &'ast syn::Pat) {
        if !matches!(pattern, syn::Pat::Range(_)) {
            visit::visit_pat(self, pattern);
        }
    }
    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}
}

fn operands(expression: &syn::Expr) -> Vec<&syn::Expr> {
    match expression {
        syn::Expr::Binary(of) => vec![&of.left, &of.right],
        syn::Expr::Assign(of) => vec![&of.left, &of.right],
        syn::Expr::Unary(of) => vec![&of.expr],
        syn::Expr::Cast(of) => vec![&of.expr],
        syn::Expr::Reference(of) => vec![&of.expr],
        syn::Expr::Range(of) => of.start.as_deref().into_iter().chain(of.end.as_deref()).collect(),
        _ => Vec::new(),
    }
}

fn is_operator(expression: &syn::Expr) -> bool {
    !operands(expression).is_empty()
}

/// Whether `let` stands among its operands, as in `if a && let Some(b) = c`.
fn has_let(expression: &syn::Expr) -> bool {
    operands(expression)
        .into_iter()
        .any(|operand| matches!(operand, syn::Expr::Let(_)) || has_let(operand))
}

fn is_block(expression: &syn::Expr) -> bool {
    use syn::Expr;
    matches!(
        expression,
        Expr::If(_)
            | Expr::Match(_)
            | Expr::Block(_)
            | Expr::Loop(_)
            | Expr::While(_)
            | Expr::ForLoop(_)
            | Expr::Unsafe(_)
    )
}

/// A changed expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) root: Root,
    /// Its text in one line.
    pub(crate) text: String,
}

/// The change that a mutant makes to the smallest expression around it.
pub(crate) fn change(
    text: &str,
    roots: &[Root],
    bytes: &Range<usize>,
    replacement: &str,
) -> Option<Change> {
    let around = |root: &&Root| root.range.start <= bytes.start && bytes.end <= root.range.end;
    let root = roots.iter().filter(around).min_by_key(|root| root.range.len())?;
    let before = text.get(root.range.start..bytes.start)?;
    let after = text.get(bytes.end..root.range.end)?;
    let line = one_line(&[before, " ", replacement, " ", after].concat()).ok()?;
    syn::parse_str::<syn::Expr>(&line).ok()?;
    Some(Change { root: root.clone(), text: line })
}

/// Puts the switches in. Arms are numbered as in the record, from 1.
pub(crate) fn splice(record: &str, changes: &[(usize, MutantId, &Change)], edits: &mut Edits) {
    let mut roots: Vec<&Root> = changes.iter().map(|(_, _, change)| &change.root).collect();
    // What stands around another begins before it and ends after it.
    roots.sort_by_key(|root| (root.range.start, std::cmp::Reverse(root.range.end)));
    roots.dedup();
    for root in &roots {
        let arms =
            changes.iter().filter(|(_, _, change)| change.root == **root).map(|(arm, _, _)| *arm);
        let mut patch = Patch::default();
        let open = if root.is_block { "" } else { "(" };
        patch.push(&format!("{open}match {record}.chosen() {{ {} => ", all_but(arms)));
        edits.insert(root.range.start, patch);
    }
    for root in roots.iter().rev() {
        let mut patch = Patch::default();
        for (arm, mutant, change) in changes.iter().filter(|(_, _, change)| change.root == **root) {
            patch.push(&format!(", {arm}usize => "));
            patch.push_marked(Mark::Mutant(*mutant), &change.text);
        }
        patch.push(if root.is_block { " }" } else { " })" });
        edits.insert(root.range.end, patch);
    }
}

/// A pattern for every number but these. The original's arm comes first, so that a changed text of another type is what
/// rustc rejects.
fn all_but(arms: impl Iterator<Item = usize>) -> String {
    let mut arms: Vec<usize> = arms.collect();
    arms.sort_unstable();
    let mut pattern = String::new();
    let mut from = 0;
    for arm in arms {
        if from < arm {
            pattern.push_str(&format!("{from}usize..={}usize | ", arm - 1));
        }
        from = arm + 1;
    }
    pattern + &format!("{from}usize..")
}

#[cfg(test)]
mod tests;
