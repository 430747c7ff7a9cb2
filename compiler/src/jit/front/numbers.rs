//! Numbers of the live text where the database has others.
//!
//! The value of a literal decides no type. So where a body differs in numbers alone from the one that the database
//! has, the front end need not be given another text: what it knows of the body is true of the next one too. Who
//! lowers the body is told of the numbers here; and since numbers may be longer or shorter than they were, whoever asks
//! where something stands is told where that is in the live text.
//!
//! That is not so where a number is part of a type or of a pattern, and where the library or a macro looks at it.
//! So it holds for literals only that stand in expressions, with nothing around them, up to the function's body, but
//! what is known to do no harm.

use std::ops::Range;

use ra_ap_base_db::{EditionedFileId, FileId};
use ra_ap_hir_def::expr_store::ExpressionStore;
use ra_ap_hir_def::hir::{Expr, ExprOrPatId, Literal};
use ra_ap_hir_def::{DefWithBodyId, FunctionId};
use ra_ap_hir_expand::InFile;
use ra_ap_span::{TextRange, TextSize};
use ra_ap_syntax::ast::LiteralKind;
use ra_ap_syntax::{
    AstNode, NodeOrToken, SourceFile, SyntaxKind, SyntaxNode, SyntaxToken, WalkEvent, ast,
};

use super::complaints::literals::why;
use super::database::Database;
use super::overlay::{Overlay, Piece, Place, Replaced, What};

/// What stands before a body that is parsed by itself.
pub(super) const HEAD: &str = "fn f() ";

impl Overlay {
    /// Takes over the block of these functions, `range` in the text that the database has of a live file. Whether that
    /// is possible: where it is not, nothing changes. Asks queries, of the texts and what bodies are.
    pub(crate) fn take(
        &mut self,
        db: &Database,
        functions: &[FunctionId],
        (file, range): Place,
        block: &str,
    ) -> bool {
        let (Ok(start), Ok(end)) = (u32::try_from(range.start), u32::try_from(range.end)) else {
            return false;
        };
        let Some((_, text)) = db.file(file) else { return false };
        let one = self.one_changed(db, (file, text), start..end, block);
        let (changed, within) = match one {
            Some(one) => {
                let literal = one.range();
                (vec![one], literal)
            }
            None => match changed(db, file, &range, block) {
                Some(changed) => (changed, start..end),
                None => return false,
            },
        };
        let are_in = |function: &FunctionId| changed.iter().all(|it| it.is_in(db, *function, file));
        if !functions.iter().all(are_in) {
            return false;
        }
        self.replace(db, file, &within, changed.iter().filter_map(Changed::piece));
        true
    }

    /// The number that differs between a block of the live text and what takes its place, if that is all: what is around it
    /// need not be read. `range` is that of the block in the database's text.
    fn one_changed(
        &self,
        db: &Database,
        (file, text): (FileId, &str),
        range: Range<u32>,
        block: &str,
    ) -> Option<Changed> {
        let unchanged = Replaced::default();
        let (known, live) = match self.of(file) {
            Some(known) => (known, known.text.as_str()),
            None => (&unchanged, text),
        };
        let begin = known.place(range.start);
        let before = live.get(begin as usize..known.place(range.end) as usize)?.as_bytes();
        let after = block.as_bytes();
        let pairs = before.iter().zip(after);
        let prefix = pairs.take_while(|(before, after)| before == after).count();
        let rest = before[prefix..].iter().rev().zip(after[prefix..].iter().rev());
        let suffix = rest.take_while(|(before, after)| before == after).count();
        let first = begin + u32::try_from(prefix).ok()?;
        let last = begin + u32::try_from(before.len() - suffix).ok()?;
        let edition = db.live_crate().data(db).edition;
        let tree = EditionedFileId::new(db, file, edition).parse(db).tree();
        block_at(tree.syntax(), &(range.start as usize..range.end as usize))?;
        // Between two tokens it may be the end of the first or the begin of the second that differs.
        let mut near = tree.syntax().token_at_offset(TextSize::new(known.origin(first)));
        let (old, live) = near.find_map(|token| {
            let start = u32::from(token.text_range().start());
            let length = match known.at(start) {
                None => token.text().len(),
                Some(Piece { text, what: What::Number(_), .. }) => text.len(),
                Some(Piece { what: What::Statement { .. }, .. }) => return None,
            };
            let live = known.place(start)..known.place(start) + u32::try_from(length).ok()?;
            let is_it = live.start <= first && last <= live.end && literal(&token).is_some();
            is_it.then_some((token, live))
        })?;
        let at = live.start.checked_sub(begin)? as usize;
        let end = (live.end - begin) as usize + after.len() - before.len();
        // What follows must not be read as a part of it.
        let may_go_on = |byte: &u8| byte.is_ascii_alphanumeric() || b"._\"'#".contains(byte);
        let follows = after.get(end).filter(|byte| byte.is_ascii() && !may_go_on(byte));
        let new = block.get(at..end).filter(|_| follows.is_some())?;
        let parsed = SourceFile::parse(&[HEAD, "{", new, "}"].concat(), edition);
        let place = TextSize::new(u32::try_from(HEAD.len() + 1).ok()?);
        let parsed = parsed.tree().syntax().token_at_offset(place).right_biased()?;
        if parsed.text() == new { number(&old, &parsed) } else { None }
    }
}

/// A literal of the database's text, and what takes its place.
pub(super) struct Changed {
    old: ast::Literal,
    new: ast::Literal,
}

impl Changed {
    /// Where it is in the database's text.
    fn range(&self) -> Range<u32> {
        let range = self.old.syntax().text_range();
        range.start().into()..range.end().into()
    }

    /// What is to be written in its place; nothing where both are the same.
    pub(super) fn piece(&self) -> Option<(u32, Piece)> {
        let (old, new) = (self.old.syntax().text(), self.new.syntax().text());
        let length = old.len().into();
        let what = What::Number(self.new.kind().into());
        (old != new).then(|| (self.range().start, Piece { length, text: new.to_string(), what }))
    }

    /// Whether it is an expression of this function's body, which lowering finds in the same way.
    pub(super) fn is_in(&self, db: &Database, function: FunctionId, file: FileId) -> bool {
        let edition = db.live_crate().data(db).edition;
        let owner = DefWithBodyId::FunctionId(function).into();
        let (store, map) = ExpressionStore::with_source_map(db, owner);
        let literal = ast::Expr::Literal(self.old.clone());
        let file = EditionedFileId::new(db, file, edition).into();
        let Some(ExprOrPatId::ExprId(e)) = map.node_expr(InFile::new(file, &literal)) else {
            return false;
        };
        let found = map.expr_syntax(e).map(|source| source.value.syntax_node_ptr());
        found.is_ok_and(|found| found.text_range() == self.old.syntax().text_range())
            && store[e] == Expr::Literal(self.old.kind().into())
    }
}

/// The numbers that differ between a block of the database's text and another one; nothing where something else does,
/// or where one of them may decide more than a value.
fn changed(db: &Database, file: FileId, range: &Range<usize>, block: &str) -> Option<Vec<Changed>> {
    let edition = db.live_crate().data(db).edition;
    let before = EditionedFileId::new(db, file, edition).parse(db).tree();
    let before = block_at(before.syntax(), range)?;
    // Tokens of the same kinds parse in the same way: what can be wrong are the numbers.
    let after = SourceFile::parse(&[HEAD, block].concat(), edition);
    let after = block_at(after.tree().syntax(), &(HEAD.len()..HEAD.len() + block.len()))?;
    between(&before, &after)
}

/// The same of two parts of such blocks.
pub(super) fn between(before: &SyntaxNode, after: &SyntaxNode) -> Option<Vec<Changed>> {
    let (mut before, mut after) = (before.preorder_with_tokens(), after.preorder_with_tokens());
    let mut numbers = Vec::new();
    loop {
        match (before.next(), after.next()) {
            (None, None) => return Some(numbers),
            (Some(WalkEvent::Enter(old)), Some(WalkEvent::Enter(new))) => match (old, new) {
                (NodeOrToken::Node(old), NodeOrToken::Node(new)) if old.kind() == new.kind() => {}
                (NodeOrToken::Token(old), NodeOrToken::Token(new)) if old.kind() == new.kind() => {
                    if old.text() != new.text() {
                        numbers.push(number(&old, &new)?);
                    }
                }
                _ => return None,
            },
            (Some(WalkEvent::Leave(_)), Some(WalkEvent::Leave(_))) => {}
            _ => return None,
        }
    }
}

/// The block of a function at this place of a file.
pub(super) fn block_at(file: &SyntaxNode, range: &Range<usize>) -> Option<SyntaxNode> {
    let start = TextSize::new(u32::try_from(range.start).ok()?);
    let end = TextSize::new(u32::try_from(range.end).ok()?);
    if end > file.text_range().end() {
        return None;
    }
    let brace = file.token_at_offset(start).right_biased()?;
    let mut around = brace.parent_ancestors();
    let block = around.find(|node| node.kind() == SyntaxKind::BLOCK_EXPR)?;
    let is_body = block.parent().is_some_and(|it| it.kind() == SyntaxKind::FN);
    (is_body && block.text_range() == TextRange::new(start, end)).then_some(block)
}

/// A number and what takes its place; nothing where that may decide more than a value.
fn number(old: &SyntaxToken, new: &SyntaxToken) -> Option<Changed> {
    let changed = Changed { old: literal(old)?, new: literal(new)? };
    let is_alike = match (changed.old.kind().into(), changed.new.kind().into()) {
        (Literal::Int(_, old), Literal::Int(_, new)) => old == new,
        (Literal::Uint(_, old), Literal::Uint(_, new)) => old == new,
        (Literal::Float(_, old), Literal::Float(_, new)) => old == new,
        _ => false,
    };
    (is_alike && is_value(changed.old.syntax())).then_some(changed)
}

/// The literal that a token is by itself, if it is a number.
fn literal(token: &SyntaxToken) -> Option<ast::Literal> {
    let literal = ast::Literal::cast(token.parent()?)?;
    let is_number = match literal.kind() {
        // A float may be written like an integer.
        LiteralKind::IntNumber(number) => number.value().is_ok(),
        LiteralKind::FloatNumber(number) => number.value_string().parse::<f64>().is_ok(),
        _ => false,
    };
    let is_number = is_number && why(&literal).is_none();
    (is_number && literal.syntax().text_range() == token.text_range()).then_some(literal)
}

/// Whether a literal is a value and nothing else, all the way up to the function's body.
fn is_value(literal: &SyntaxNode) -> bool {
    let mut inner = literal.clone();
    while let Some(outer) = inner.parent() {
        if outer.kind() == SyntaxKind::FN {
            return inner.kind() == SyntaxKind::BLOCK_EXPR;
        }
        if !is_harmless(&outer, &inner) {
            return false;
        }
        inner = outer;
    }
    false
}

/// Whether what stands in `inner` is a value where that stands in `outer`. What is not listed may be a type, a pattern,
/// an item, an attribute, a constant or the text of a macro.
fn is_harmless(outer: &SyntaxNode, inner: &SyntaxNode) -> bool {
    use SyntaxKind::{
        ARG_LIST, ARRAY_EXPR, BIN_EXPR, BLOCK_EXPR, BREAK_EXPR, CALL_EXPR, CAST_EXPR, CLOSURE_EXPR,
        EXPR_STMT, FIELD_EXPR, FOR_EXPR, IF_EXPR, INDEX_EXPR, LET_ELSE, LET_EXPR, LET_STMT,
        LOOP_EXPR, MATCH_ARM, MATCH_ARM_LIST, MATCH_EXPR, MATCH_GUARD, METHOD_CALL_EXPR,
        PAREN_EXPR, PREFIX_EXPR, RANGE_EXPR, RECORD_EXPR, RECORD_EXPR_FIELD,
        RECORD_EXPR_FIELD_LIST, REF_EXPR, RETURN_EXPR, STMT_LIST, TRY_EXPR, TUPLE_EXPR, WHILE_EXPR,
    };
    match outer.kind() {
        // The second one is a length.
        ARRAY_EXPR => {
            let is_list = ast::ArrayExpr::cast(outer.clone())
                .is_some_and(|array| array.semicolon_token().is_none());
            is_list || outer.children().next().as_ref() == Some(inner)
        }
        BLOCK_EXPR => ast::BlockExpr::cast(outer.clone()).is_some_and(|block| {
            block.const_token().is_none()
                && block.async_token().is_none()
                && block.gen_token().is_none()
                && block.try_block_modifier().is_none()
        }),
        CLOSURE_EXPR => ast::ClosureExpr::cast(outer.clone()).is_some_and(|closure| {
            closure.const_token().is_none() && closure.async_token().is_none()
        }),
        ARG_LIST
        | BIN_EXPR
        | BREAK_EXPR
        | CALL_EXPR
        | CAST_EXPR
        | EXPR_STMT
        | FIELD_EXPR
        | FOR_EXPR
        | IF_EXPR
        | INDEX_EXPR
        | LET_ELSE
        | LET_EXPR
        | LET_STMT
        | LOOP_EXPR
        | MATCH_ARM
        | MATCH_ARM_LIST
        | MATCH_EXPR
        | MATCH_GUARD
        | METHOD_CALL_EXPR
        | PAREN_EXPR
        | PREFIX_EXPR
        | RANGE_EXPR
        | RECORD_EXPR
        | RECORD_EXPR_FIELD
        | RECORD_EXPR_FIELD_LIST
        | REF_EXPR
        | RETURN_EXPR
        | STMT_LIST
        | TRY_EXPR
        | TUPLE_EXPR
        | WHILE_EXPR => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
