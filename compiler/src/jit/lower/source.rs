//! Where expressions and patterns stand, as rustc would say it in a panic.
//!
//! What a macro wrote stands where the outermost macro was called, unless its tokens come from there. A
//! method call stands at the method's name.

use std::cell::RefCell;
use std::collections::HashMap;

use ra_ap_hir_def::ExpressionStoreOwnerId;
use ra_ap_hir_def::expr_store::{ExprOrPatSource, ExpressionStore, ExpressionStoreSourceMap};
use ra_ap_hir_def::hir::{ExprId, ExprOrPatId};
use ra_ap_hir_expand::{HirFileId, InFile};
use ra_ap_hir_ty::db::HirDatabase;
use ra_ap_syntax::{AstNode, SyntaxNode, ast};

use super::super::mir::Span;
use super::Program;

/// The source of one body.
pub(super) struct Source<'a, 'db> {
    db: &'db dyn HirDatabase,
    program: &'a dyn Program<'db>,
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
        Source { db, program, map, known: RefCell::default() }
    }

    /// Where this begins; `None` where nobody wrote it.
    pub(super) fn span(&self, id: ExprOrPatId) -> Option<Span> {
        if let Some(known) = self.known.borrow().get(&id) {
            return *known;
        }
        let span = self.map.expr_or_pat_syntax(id).ok().map(|source| self.of_source(source));
        self.known.borrow_mut().insert(id, span);
        span
    }

    fn of_source(&self, source: ExprOrPatSource) -> Span {
        let range = source.value.syntax_node_ptr().text_range();
        match source.file_id {
            HirFileId::FileId(file) => self.program.span(file, range.start()),
            HirFileId::MacroFile(_) => {
                let node = source.value.to_node(&self.db.parse_or_expand(source.file_id));
                self.of_node(InFile::new(source.file_id, node.syntax()))
            }
        }
    }

    fn of_node(&self, node: InFile<&SyntaxNode>) -> Span {
        let range = node.original_file_range_rooted(self.db);
        self.program.span(range.file_id, range.range.start())
    }

    /// Where a method call says the method's name.
    pub(super) fn method_name(&self, id: ExprId) -> Option<Span> {
        let source = self.map.expr_syntax(id).ok()?;
        let node = source.value.to_node(&self.db.parse_or_expand(source.file_id));
        let call = ast::MethodCallExpr::cast(node.syntax().clone())?;
        let name = call.name_ref()?;
        Some(self.of_node(InFile::new(source.file_id, name.syntax())))
    }
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
