//! What of two blocks is to be in a slice.

use std::collections::HashSet;

use ra_ap_syntax::ast::HasLoopBody;
use ra_ap_syntax::{AstNode, AstToken, SyntaxElement, SyntaxKind, SyntaxNode, ast};

use super::super::super::outline::OF_EXPRESSIONS;
use super::super::numbers::{Changed, between};
use super::Open;

/// More statements are not given in a slice: the whole body is then due, and what comes next is compared with that.
pub(super) const MOST: usize = 4;

/// What stands in a slice in the place of a statement.
pub(super) enum Part {
    /// A statement; of a declaration that stays as it is, nothing is new.
    Statement {
        /// In the database's text.
        old: SyntaxNode,
        new: Option<String>,
        /// Where it begins in the file of slices.
        start: usize,
    },
    /// A loop around others, which stays as it is but for these.
    Loop { old: Loop, parts: Vec<Part> },
}

/// What is in it, and why.
#[derive(Default)]
pub(super) struct Choice {
    /// What may be named in it.
    pub(super) names: HashSet<String>,
    pub(super) open: Open,
    /// Numbers that differ in statements which are not in it.
    pub(super) numbers: Vec<Changed>,
    /// How many statements of it differ.
    pub(super) changed: usize,
}

impl Choice {
    /// The statements that differ, those that declare what they name, and so on; nothing where that is not to be had, or
    /// none differs.
    pub(super) fn parts(
        &mut self,
        before: &[SyntaxNode],
        after: &[SyntaxNode],
    ) -> Option<Vec<Part>> {
        if before.len() != after.len() {
            return None;
        }
        let mut parts = Vec::new();
        for (old, new) in before.iter().zip(after).rev() {
            let numbers =
                if old.text() == new.text() { Some(Vec::new()) } else { between(old, new) };
            match numbers {
                None => parts.push(self.changed(old, new)?),
                Some(numbers) => {
                    self.numbers.extend(numbers);
                    if !parts.is_empty() {
                        parts.extend(self.needed(old)?);
                    }
                }
            }
        }
        parts.reverse();
        (!parts.is_empty()).then_some(parts)
    }

    /// A statement that differs in more than numbers.
    fn changed(&mut self, old: &SyntaxNode, new: &SyntaxNode) -> Option<Part> {
        if let (Some(was), Some(is)) = (Loop::of(old), Loop::of(new))
            && was.head == is.head
        {
            let parts = self.parts(&statements(&was.body)?, &statements(&is.body)?)?;
            self.names.extend(words(&was.head));
            was.before_body.iter().for_each(|it| self.open.see(it));
            return Some(Part::Loop { old: was, parts });
        }
        let is_value = |node: &SyntaxNode| ast::Expr::can_cast(node.kind());
        let is_alike = old.kind() == new.kind() || is_value(old) && is_value(new);
        if !is_alike || !is_plain(old) || !is_plain(new) {
            return None;
        }
        self.changed += 1;
        self.names.extend(words_of(old).into_iter().chain(words_of(new)));
        self.open.see(new);
        Some(Part::Statement { old: old.clone(), new: Some(new.text().to_string()), start: 0 })
    }

    /// A statement before others, if these need it; nothing at all where that is not known.
    fn needed(&mut self, old: &SyntaxNode) -> Option<Option<Part>> {
        match ast::LetStmt::cast(old.clone()) {
            Some(it) if !words_of(it.pat()?.syntax()).is_disjoint(&self.names) => {
                self.names.extend(words_of(old));
                self.open.see(old);
                Some(Some(Part::Statement { old: old.clone(), new: None, start: 0 }))
            }
            None if may_declare(old) && !words_of(old).is_disjoint(&self.names) => None,
            _ => Some(None),
        }
    }
}

impl Part {
    /// Whether it is the value of its block.
    pub(super) fn is_tail(&self) -> bool {
        match self {
            Part::Statement { old, .. } => ast::Expr::can_cast(old.kind()),
            Part::Loop { old, .. } => old.is_tail,
        }
    }
}

/// Writes what stands in a slice, and notes where.
pub(super) fn write(parts: &mut [Part], text: &mut String) {
    for part in parts {
        match part {
            Part::Statement { old, new, start } => {
                *start = text.len();
                match new {
                    Some(new) => text.push_str(new),
                    None => text.push_str(&old.text().to_string()),
                }
            }
            Part::Loop { old, parts } => {
                text.push_str(&old.head);
                text.push_str("{\n");
                write(parts, text);
                text.push('}');
            }
        }
        text.push('\n');
    }
}

/// A `for` or `while` that declares what it declares before its body, and gives nothing.
pub(super) struct Loop {
    /// What stands before its body, as text and as nodes.
    head: String,
    before_body: Vec<SyntaxNode>,
    pub(super) pattern: Option<SyntaxNode>,
    pub(super) body: SyntaxNode,
    is_tail: bool,
}

impl Loop {
    pub(super) fn of(statement: &SyntaxNode) -> Option<Loop> {
        let (e, is_tail) = match ast::ExprStmt::cast(statement.clone()) {
            Some(it) => (it.expr()?, false),
            None => (ast::Expr::cast(statement.clone())?, true),
        };
        let (pattern, body) = match &e {
            ast::Expr::ForExpr(it) => (Some(it.pat()?.syntax().clone()), it.loop_body()?),
            ast::Expr::WhileExpr(it) => {
                let mut inner = it.condition()?.syntax().descendants();
                if inner.any(|it| it.kind() == SyntaxKind::LET_EXPR) {
                    return None;
                }
                (None, it.loop_body()?)
            }
            _ => return None,
        };
        let body = body.syntax().clone();
        let (begin, end) = (e.syntax().text_range().start(), body.text_range().start());
        let head = e.syntax().text().slice(..end - begin).to_string();
        // Nothing but the loop, without attributes and a semicolon.
        let is_whole = body.text_range().end() == statement.text_range().end()
            && begin == statement.text_range().start();
        let before_body = e.syntax().children().filter(|it| *it != body).collect();
        is_whole.then_some(Loop { head, before_body, pattern, body, is_tail })
    }
}

/// Whether a statement is one whose types and places are all its own: it contains no body that is inferred or named by
/// itself, and is no macro's call.
fn is_plain(statement: &SyntaxNode) -> bool {
    use SyntaxKind::{ASYNC_KW, CLOSURE_EXPR, CONST_KW, LET_STMT, LIFETIME, MACRO_EXPR, MACRO_PAT};
    let of_macro = |node: &SyntaxNode| node.kind() == MACRO_EXPR;
    let is_call = of_macro(statement)
        || (statement.kind() != LET_STMT && statement.children().any(|it| of_macro(&it)));
    let is_item = |kind| ast::Item::can_cast(kind) && kind != SyntaxKind::MACRO_CALL;
    let inner = |it: SyntaxElement| {
        // A label may be that of a loop around it.
        matches!(it.kind(), CLOSURE_EXPR | ASYNC_KW | CONST_KW | MACRO_PAT | LIFETIME)
            || is_item(it.kind())
    };
    !is_call && !statement.descendants_with_tokens().any(inner)
}

/// Whether a statement that is no declaration may become one: a call of a macro that is not known to be an expression.
fn may_declare(statement: &SyntaxNode) -> bool {
    let mut calls = statement.descendants().filter_map(ast::MacroCall::cast);
    let call = calls.find(|call| call.syntax().ancestors().take(3).any(|it| it == *statement));
    call.is_some_and(|call| {
        let name = call.path().map(|path| path.syntax().text().to_string());
        !name.is_some_and(|name| OF_EXPRESSIONS.contains(&name.as_str()))
    })
}

/// Everything in it that may be a name, in strings too, which may have some in braces.
pub(super) fn words_of(node: &SyntaxNode) -> HashSet<String> {
    words(&node.text().to_string())
}

fn words(text: &str) -> HashSet<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.split(|c| !is_part(c)).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// The statements of a block, and its value.
pub(super) fn statements(block: &SyntaxNode) -> Option<Vec<SyntaxNode>> {
    let list = ast::BlockExpr::cast(block.clone())?.stmt_list()?;
    let statements = list.statements().map(|it| it.syntax().clone());
    Some(statements.chain(list.tail_expr().map(|it| it.syntax().clone())).collect())
}

impl Open {
    fn see(&mut self, node: &SyntaxNode) {
        for token in node.descendants_with_tokens().filter_map(|it| it.into_token()) {
            match token.kind() {
                SyntaxKind::INT_NUMBER => {
                    let number = ast::IntNumber::cast(token);
                    self.integers |= number.is_none_or(|it| it.suffix().is_none());
                }
                SyntaxKind::FLOAT_NUMBER => {
                    let number = ast::FloatNumber::cast(token);
                    self.floats |= number.is_none_or(|it| it.suffix().is_none());
                }
                // Nobody knows what it writes.
                SyntaxKind::BANG => (self.integers, self.floats) = (true, true),
                _ => {}
            }
        }
    }
}
