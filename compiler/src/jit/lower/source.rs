//! Where expressions and patterns stand, as rustc would say it in a panic.
//!
//! What a macro wrote stands where the outermost macro was called, unless its tokens come from there. A
//! method call stands at the method's name.

use std::cell::RefCell;
use std::collections::HashMap;

use ra_ap_hir_def::ExpressionStoreOwnerId;
use ra_ap_hir_def::expr_store::{ExprOrPatSource, ExpressionStore, ExpressionStoreSourceMap};
use ra_ap_hir_def::hir::{ExprId, ExprOrPatId, Literal};
use ra_ap_hir_expand::{HirFileId, InFile};
use ra_ap_hir_ty::db::HirDatabase;
use ra_ap_syntax::{AstNode, NodeOrToken, SyntaxKind, SyntaxNode, SyntaxToken, ast};

use super::super::mir::Span;
use super::Program;
use super::answers::{Asked, Place};

/// The source of one body.
pub(super) struct Source<'a, 'db> {
    db: &'db dyn HirDatabase,
    program: &'a dyn Program<'db>,
    owner: ExpressionStoreOwnerId,
    map: &'db ExpressionStoreSourceMap,
    known: RefCell<HashMap<ExprOrPatId, Option<Span>>>,
}

impl<'a, 'db> Source<'a, 'db> {
    pub(super) fn new(
        db: &'db dyn HirDatabase,
        program: &'a dyn Program<'db>,
        owner: ExpressionStoreOwnerId,
    ) -> Source<'a, 'db> {
        let (_, map) = ExpressionStore::with_source_map(db, owner);
        Source { db, program, owner, map, known: RefCell::default() }
    }

    /// Where this begins; `None` where nobody wrote it.
    pub(super) fn span(&self, id: ExprOrPatId) -> Option<Span> {
        if let Some(known) = self.known.borrow().get(&id) {
            return *known;
        }
        let of = || self.map.expr_or_pat_syntax(id).ok().map(|source| self.of_source(source));
        let span = self.asked(Asked::Whole(id), of);
        self.known.borrow_mut().insert(id, span);
        span
    }

    /// Where something stands now, if the front end says where it stood.
    fn asked(&self, asked: Asked, ask: impl FnOnce() -> Option<Place>) -> Option<Span> {
        let (file, offset) = self.program.answers().place(self.owner, asked, ask)?;
        Some(self.program.span(file, offset))
    }

    /// The literal that the live text has in the place of this one.
    pub(super) fn literal(&self, e: ExprId) -> Option<&'a Literal> {
        let source = self.map.expr_syntax(e).ok()?;
        let pointer = source.value.syntax_node_ptr();
        match (source.file_id, pointer.kind()) {
            (HirFileId::FileId(file), SyntaxKind::LITERAL) => {
                self.program.literal(file, pointer.text_range())
            }
            _ => None,
        }
    }

    fn of_source(&self, source: ExprOrPatSource) -> Place {
        let pointer = source.value.syntax_node_ptr();
        if let (HirFileId::FileId(file), false) =
            (source.file_id, may_have_parentheses(pointer.kind()))
        {
            return (file, pointer.text_range().start());
        }
        let node = source.value.to_node(&self.db.parse_or_expand(source.file_id));
        let mut node = node.syntax().clone();
        // Parentheses belong to what is in them.
        while let Some(outer) = node.parent().filter(|it| it.kind() == SyntaxKind::PAREN_EXPR) {
            node = outer;
        }
        self.of_node(InFile::new(source.file_id, &node))
    }

    /// Where a node begins; if any of it is a macro's own, where the outermost macro is called.
    fn of_node(&self, node: InFile<&SyntaxNode>) -> Place {
        let tokens = node.value.descendants_with_tokens().filter_map(NodeOrToken::into_token);
        let mut tokens = tokens.filter(|token| !token.kind().is_trivia());
        let HirFileId::MacroFile(call) = node.file_id else {
            let range = node.original_file_range_rooted(self.db);
            return (range.file_id, range.range.start());
        };
        let own =
            |token: SyntaxToken| InFile::new(node.file_id, token).original_file_range_opt(self.db);
        let first = tokens.next().and_then(own);
        if let Some(first) = first
            && tokens.all(|token| own(token).is_some())
        {
            return (first.file_id, first.range.start());
        }
        let call = call.loc(self.db);
        let range = call.kind.original_call_range(self.db, call.krate);
        (range.file_id, range.range.start())
    }

    /// Where the bracket of an index is.
    pub(super) fn bracket(&self, id: ExprId) -> Option<Span> {
        self.asked(Asked::Bracket(id), || self.of_bracket(id))
    }

    fn of_bracket(&self, id: ExprId) -> Option<Place> {
        let source = self.map.expr_syntax(id).ok()?;
        let node = source.value.to_node(&self.db.parse_or_expand(source.file_id));
        let index = ast::IndexExpr::cast(node.syntax().clone())?;
        let bracket = index.l_brack_token()?;
        let range = InFile::new(source.file_id, bracket).original_file_range_opt(self.db)?;
        Some((range.file_id, range.range.start()))
    }

    /// Where a method call says the method's name.
    pub(super) fn method_name(&self, id: ExprId) -> Option<Span> {
        self.asked(Asked::MethodName(id), || self.of_method_name(id))
    }

    fn of_method_name(&self, id: ExprId) -> Option<Place> {
        let source = self.map.expr_syntax(id).ok()?;
        let node = source.value.to_node(&self.db.parse_or_expand(source.file_id));
        let call = ast::MethodCallExpr::cast(node.syntax().clone())?;
        let name = call.name_ref()?;
        Some(self.of_node(InFile::new(source.file_id, name.syntax())))
    }
}

/// Whether an expression of this kind panics by itself: only of those it matters where exactly they begin.
fn may_have_parentheses(kind: SyntaxKind) -> bool {
    use SyntaxKind::{BIN_EXPR, CALL_EXPR, INDEX_EXPR, PREFIX_EXPR};
    matches!(kind, BIN_EXPR | CALL_EXPR | INDEX_EXPR | PREFIX_EXPR)
}

/// Where a function's name stands.
pub(super) fn head_span<'db>(
    db: &'db dyn HirDatabase,
    program: &dyn Program<'db>,
    function: ra_ap_hir_def::FunctionId,
) -> Span {
    use ra_ap_hir_def::Lookup;
    use ra_ap_hir_def::src::HasSource;
    let source = function.lookup(db).source(db);
    let range = InFile::new(source.file_id, source.value.syntax()).original_file_range_rooted(db);
    program.span(range.file_id, range.range.start())
}
