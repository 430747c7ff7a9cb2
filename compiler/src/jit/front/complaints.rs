//! What is wrong with a text: what rust-analyzer's crates found, in rustc's words and with its codes.
//!
//! They find what does not parse, names that lead nowhere, types that do not fit, patterns that miss a case, and
//! unsafe operations outside of `unsafe`. They do not check borrows.

mod absent;
mod endless;
mod inference;
pub(super) mod literals;
mod recursion;
mod types;

use ra_ap_base_db::{Crate, EditionedFileId, FileId};
use ra_ap_hir_def::expr_store::{
    ExpressionStore, ExpressionStoreDiagnostics, ExpressionStoreSourceMap,
};
use ra_ap_hir_def::hir::{Expr, ExprOrPatId};
use ra_ap_hir_def::nameres::assoc::TraitItems;
use ra_ap_hir_def::nameres::diagnostics::{DefDiagnostic, DefDiagnosticKind};
use ra_ap_hir_def::nameres::{DefMap, crate_def_map};
use ra_ap_hir_def::src::use_tree_to_ast;
use ra_ap_hir_def::type_ref::TypeRefId;
use ra_ap_hir_def::{DefWithBodyId, ExpressionStoreOwnerId, FunctionId, HasModule};
use ra_ap_hir_expand::db::ExpandDatabase as _;
use ra_ap_hir_expand::{
    AstId, ErasedAstId, ExpandResult, HirFileId, InFile, MacroCallId, MacroCallKind,
};
use ra_ap_hir_ty::diagnostics::{BodyValidationDiagnostic, missing_unsafe};
use ra_ap_span::Edition;
use ra_ap_syntax::{AstNode, SourceFile, SyntaxNodePtr};

use super::database::Database;
use super::functions::Items;

/// One thing that is wrong, and the part of a file that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// rustc's code for it.
    pub(crate) code: Option<&'static str>,
    pub(crate) message: String,
    /// What stands beside the underlined text; may be empty.
    pub(crate) label: String,
    pub(crate) file: FileId,
    /// Begin and end in bytes.
    pub(crate) range: (u32, u32),
    pub(crate) fault: Fault,
}

/// Whose fault it is that something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Text,
    /// The text may be right: the library here lacks something.
    Library,
}

impl Complaint {
    /// In a line, without its place.
    pub(crate) fn in_a_line(&self) -> String {
        let parts = [self.message.as_str(), self.label.as_str()];
        parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(": ")
    }
}

/// Everything that is wrong with the live crate; where it does not parse, that alone. Asks queries.
pub(crate) fn complaints(db: &Database, items: &Items) -> Vec<Complaint> {
    let found = syntax(db);
    if found.is_empty() { about(db, db.live_crate(), items) } else { found }
}

/// What is wrong with the bodies of these functions, which are these blocks; where the texts do not parse, that alone.
/// Asks queries.
pub(crate) fn of_bodies<'a>(
    db: &Database,
    functions: impl Iterator<Item = FunctionId>,
    mut blocks: impl Iterator<Item = &'a str>,
) -> Vec<Complaint> {
    // Of a text that parses but for these, most of what `syntax` does is to look at the rest again.
    if !blocks.all(|block| parses(db, block)) {
        let found = syntax(db);
        if !found.is_empty() {
            return found;
        }
    }
    let mut collect = Collect { db, krate: db.live_crate(), found: Vec::new() };
    for function in functions {
        if !collect.within_limits(function.into()) {
            break;
        }
    }
    collect.found()
}

/// The first thing that type inference says is wrong with the body of a function of any crate. Asks queries.
pub(crate) fn of_body(db: &Database, function: FunctionId) -> Option<Complaint> {
    let mut collect = Collect { db, krate: function.krate(db), found: Vec::new() };
    collect.inferences(function.into());
    collect.found.into_iter().next()
}

/// Whether a block parses by itself.
fn parses(db: &Database, block: &str) -> bool {
    let edition = db.live_crate().data(db).edition;
    let parsed = SourceFile::parse(&format!("fn f() {block}"), edition);
    parsed.errors().is_empty() && literals::malformed(parsed.tree().syntax()).next().is_none()
}

/// What does not parse in the live crate. Asks of nothing but the texts.
pub(crate) fn syntax(db: &Database) -> Vec<Complaint> {
    let mut collect = Collect { db, krate: db.live_crate(), found: Vec::new() };
    db.live_files().for_each(|file| collect.syntax(file));
    collect.found()
}

/// Everything that is wrong with a crate whose texts parse.
fn about(db: &Database, krate: Crate, items: &Items) -> Vec<Complaint> {
    let mut collect = Collect { db, krate, found: Vec::new() };
    collect.names(items);
    collect.signatures(items);
    collect.recursive(&items.adts);
    // Bodies ask for sizes.
    if collect.found.iter().any(|it| it.code == Some("E0072")) {
        return collect.found();
    }
    for body in items.bodies() {
        if !collect.within_limits(body) {
            break;
        }
    }
    collect.found()
}

struct Collect<'db> {
    db: &'db Database,
    krate: Crate,
    found: Vec<Complaint>,
}

impl<'db> Collect<'db> {
    /// In the order of the text.
    fn found(self) -> Vec<Complaint> {
        let mut found = self.found;
        found.sort_by_key(|it| (it.file.index(), it.range));
        found.dedup();
        found
    }

    fn syntax(&mut self, file: FileId) {
        let file_id = EditionedFileId::new(self.db, file, self.krate.data(self.db).edition);
        for error in file_id.parse_errors(self.db).unwrap_or_default() {
            let (start, end) = (u32::from(error.range().start()), error.range().end().into());
            let message = error.to_string();
            // What is missing is missed at the next word.
            let rest = self.db.file(file).and_then(|(_, text)| text.get(start as usize..));
            let rest = rest.unwrap_or_default();
            let blank = rest.len() - rest.trim_start().len();
            let is_empty = start == end && blank < rest.len();
            let start = start + if is_empty { u32::try_from(blank).unwrap_or(0) } else { 0 };
            let range = (start, start.max(end));
            let label = String::new();
            let fault = Fault::Text;
            self.found.push(Complaint { code: None, message, label, file, range, fault });
        }
        let tree = file_id.parse(self.db).tree();
        for (range, message) in literals::malformed(tree.syntax()) {
            let range = (range.start().into(), range.end().into());
            let (label, fault) = (String::new(), Fault::Text);
            self.found.push(Complaint { code: None, message, label, file, range, fault });
        }
    }

    fn names(&mut self, items: &Items) {
        let map = crate_def_map(self.db, self.krate);
        self.map(map);
        for body in items.bodies() {
            let store = ExpressionStore::of(self.db, body.into());
            for (_, map) in store.blocks(self.db) {
                self.map(map);
            }
        }
        for block in &items.impls {
            let (_, diagnostics) = block.impl_items_with_diagnostics(self.db);
            diagnostics.iter().for_each(|it| self.definition(it));
        }
        for id in &items.traits {
            let (_, diagnostics) = TraitItems::query_with_diagnostics(self.db, *id);
            diagnostics.iter().for_each(|it| self.definition(it));
        }
    }

    fn map(&mut self, map: &DefMap) {
        map.diagnostics().iter().for_each(|it| self.definition(it));
        for (_, module) in map.modules() {
            module.scope.all_macro_calls().for_each(|call| self.expansion(call));
        }
    }

    /// What a macro could not be expanded to.
    fn expansion(&mut self, call: MacroCallId) {
        if let Some((outermost, message)) = self.endless_expansion(call) {
            return self.at_call(&outermost.loc(self.db).kind.clone(), message);
        }
        let Some(ExpandResult { value, err }) = self.db.parse_macro_expansion_error(call) else {
            return;
        };
        let message = match (err, value.first()) {
            (Some(error), _) => error.render_to_string(self.db).message,
            (None, Some(error)) => error.to_string(),
            (None, None) => return,
        };
        let node = call.loc(self.db).kind.clone();
        self.at_call(&node, message);
    }

    fn definition(&mut self, diagnostic: &DefDiagnostic) {
        match &diagnostic.kind {
            DefDiagnosticKind::UnresolvedModule { ast, candidates } => {
                let candidates = candidates.join(" or ");
                self.at_item(
                    *ast,
                    Some("E0583"),
                    format!("file not found for module: {candidates}"),
                );
            }
            DefDiagnosticKind::UnresolvedExternCrate { ast } => {
                self.at_item(*ast, Some("E0463"), "can't find crate".to_owned());
            }
            DefDiagnosticKind::UnresolvedImport { id, index } => {
                if !self.absent_import(*id, &use_tree_to_ast(self.db, *id, *index)) {
                    self.at_item(*id, Some("E0432"), "unresolved import".to_owned());
                }
            }
            DefDiagnosticKind::UnconfiguredCode { .. } => {}
            DefDiagnosticKind::UnresolvedMacroCall { ast, path } => {
                let before = self.found.len();
                let name = path.display(self.db, Edition::Edition2024);
                self.at_call(ast, format!("cannot find macro `{name}` in this scope"));
                self.is_macro_absent(path, before);
            }
            DefDiagnosticKind::UnimplementedBuiltinMacro { ast } => {
                self.at_item(*ast, None, "this macro is not supported".to_owned());
            }
            DefDiagnosticKind::InvalidDeriveTarget { ast, .. } => {
                let message = "`derive` may only be applied to `struct`s, `enum`s and `union`s";
                self.at_item(*ast, Some("E0774"), message.to_owned());
            }
            DefDiagnosticKind::MalformedDerive { ast, .. } => {
                self.at_item(*ast, Some("E0777"), "malformed `derive` attribute input".to_owned());
            }
            DefDiagnosticKind::MacroDefError { ast, message } => {
                self.at_item(*ast, None, message.clone());
            }
            DefDiagnosticKind::MacroError { ast, err, .. } => {
                let message = err.render_to_string(self.db).message;
                self.at_item(*ast, None, message);
            }
        }
    }

    fn at_item<N: ra_ap_span::AstIdNode>(
        &mut self,
        ast: AstId<N>,
        code: Option<&'static str>,
        message: String,
    ) {
        let erased: ErasedAstId = ast.erase();
        self.push(erased.file_id, erased.to_ptr(self.db), code, message, String::new());
    }

    fn at_call(&mut self, call: &MacroCallKind, message: String) {
        match call {
            MacroCallKind::FnLike { ast_id, .. } => self.at_item(*ast_id, None, message),
            MacroCallKind::Derive { ast_id, .. } => self.at_item(*ast_id, None, message),
            MacroCallKind::Attr { ast_id, .. } => self.at_item(*ast_id, None, message),
        }
    }

    /// What was noticed when a body was read.
    fn lowering(&mut self, map: &ExpressionStoreSourceMap) {
        map.macro_calls().for_each(|(_, call)| self.expansion(call));
        for diagnostic in map.diagnostics() {
            use ExpressionStoreDiagnostics as Kind;
            match diagnostic {
                Kind::InactiveCode { .. } => {}
                Kind::UnresolvedMacroCall { node, path } => {
                    let name = path.display(self.db, Edition::Edition2024);
                    let message = format!("cannot find macro `{name}` in this scope");
                    let (pointer, before) = (node.value.syntax_node_ptr(), self.found.len());
                    self.push(node.file_id, pointer, None, message, String::new());
                    self.is_macro_absent(path, before);
                }
                Kind::UnreachableLabel { node, name } => {
                    let name = name.as_str();
                    let message = format!("use of unreachable label `{name}`");
                    let pointer = node.value.syntax_node_ptr();
                    self.push(node.file_id, pointer, Some("E0767"), message, String::new());
                }
                Kind::UndeclaredLabel { node, name } => {
                    let message = format!("use of undeclared label `{}`", name.as_str());
                    let pointer = node.value.syntax_node_ptr();
                    self.push(node.file_id, pointer, Some("E0426"), message, String::new());
                }
                Kind::AwaitOutsideOfAsync { node, .. } => {
                    let message = "`await` is only allowed inside `async` functions and blocks";
                    let pointer = node.value.syntax_node_ptr();
                    self.push(
                        node.file_id,
                        pointer,
                        Some("E0728"),
                        message.to_owned(),
                        String::new(),
                    );
                }
                Kind::PatternArgInExternFn { node } => {
                    let message = "patterns aren't allowed in foreign function declarations";
                    let pointer = node.value.syntax_node_ptr();
                    self.push(
                        node.file_id,
                        pointer,
                        Some("E0130"),
                        message.to_owned(),
                        String::new(),
                    );
                }
                Kind::FruInDestructuringAssignment { node } => {
                    let message =
                        "functional record updates are not allowed in destructuring assignments";
                    let pointer = node.value.syntax_node_ptr();
                    self.push(node.file_id, pointer, None, message.to_owned(), String::new());
                }
            }
        }
    }

    fn body(&mut self, body: DefWithBodyId) {
        let owner = ExpressionStoreOwnerId::Body(body);
        let (store, map) = ExpressionStore::with_source_map(self.db, owner);
        let before = self.found.len();
        self.lowering(map);
        // What a macro should have become has no types.
        if self.found.len() > before {
            return;
        }
        self.types(owner, store, map);
        self.absent_in(owner, store, map);
        let before = self.found.len();
        self.inferences(body);
        // What follows takes types for granted.
        if self.found.len() > before {
            return;
        }
        self.validated(body, store, map);
        let missing = missing_unsafe(self.db, body);
        if !missing.fn_is_unsafe {
            for (node, _) in missing.unsafe_exprs {
                let message = "this operation is unsafe and requires unsafe function or block";
                self.at(map, node, Some("E0133"), message.to_owned(), "needs `unsafe`");
            }
        }
    }

    fn validated(
        &mut self,
        body: DefWithBodyId,
        store: &ExpressionStore,
        map: &ExpressionStoreSourceMap,
    ) {
        use BodyValidationDiagnostic as Kind;
        for diagnostic in BodyValidationDiagnostic::collect(self.db, body, false) {
            match diagnostic {
                Kind::RecordMissingFields { record, variant, missed_fields } => {
                    let fields = variant.fields(self.db);
                    let names: Vec<String> = missed_fields
                        .iter()
                        .map(|it| format!("`{}`", fields.fields()[*it].name.as_str()))
                        .collect();
                    let (node, code, verb) = record.either(
                        |expr| (ExprOrPatId::ExprId(expr), "E0063", "missing"),
                        |pat| (ExprOrPatId::PatId(pat), "E0027", "pattern does not mention"),
                    );
                    let noun = if names.len() == 1 { "field" } else { "fields" };
                    let message = format!("{verb} {noun} {}", names.join(", "));
                    self.at(map, node, Some(code), message, "");
                }
                Kind::MissingMatchArms { match_expr, uncovered_patterns } => {
                    let message = format!("non-exhaustive patterns: {uncovered_patterns}");
                    let of = match &store[match_expr] {
                        Expr::Match { expr, .. } => *expr,
                        _ => match_expr,
                    };
                    let node = ExprOrPatId::ExprId(of);
                    self.at(map, node, Some("E0004"), message, "not all patterns are covered");
                }
                Kind::NonExhaustiveLet { pat, uncovered_patterns } => {
                    let message =
                        format!("refutable pattern in local binding: {uncovered_patterns}");
                    let node = ExprOrPatId::PatId(pat);
                    self.at(map, node, Some("E0005"), message, "not all patterns are covered");
                }
                // Advice.
                Kind::ReplaceFilterMapNextWithFindMap { .. }
                | Kind::RemoveTrailingReturn { .. }
                | Kind::RemoveUnnecessaryElse { .. }
                | Kind::UnusedMustUse { .. } => {}
            }
        }
    }

    fn at(
        &mut self,
        map: &ExpressionStoreSourceMap,
        node: ExprOrPatId,
        code: Option<&'static str>,
        message: String,
        label: &str,
    ) {
        // What nobody wrote was made from something that is complained about itself.
        if let Ok(source) = map.expr_or_pat_syntax(node) {
            let pointer = source.value.syntax_node_ptr();
            self.push(source.file_id, pointer, code, message, label.to_owned());
        }
    }

    fn at_type(
        &mut self,
        map: &ExpressionStoreSourceMap,
        id: TypeRefId,
        code: Option<&'static str>,
        message: String,
        label: &str,
    ) {
        if let Ok(source) = map.type_syntax(id) {
            let pointer = source.value.syntax_node_ptr();
            self.push(source.file_id, pointer, code, message, label.to_owned());
        }
    }

    /// Something is wrong, and nobody says where: the text is refused all the same.
    fn somewhere(&mut self) {
        let message = "this text is not accepted".to_owned();
        let file = self.krate.data(self.db).root_file_id;
        self.found.push(Complaint {
            code: None,
            message,
            label: String::new(),
            file,
            range: (0, 0),
            fault: Fault::Text,
        });
    }

    fn push(
        &mut self,
        file: HirFileId,
        pointer: SyntaxNodePtr,
        code: Option<&'static str>,
        message: String,
        label: String,
    ) {
        let node = pointer.to_node(&self.db.parse_or_expand(file));
        let range = InFile::new(file, &node).original_file_range_rooted(self.db);
        let file = range.file_id.file_id(self.db);
        let range = (range.range.start().into(), range.range.end().into());
        let fault = Fault::Text;
        self.found.push(Complaint { code, message, label, file, range, fault });
    }
}

#[cfg(test)]
mod tests;
