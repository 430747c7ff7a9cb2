//! Statements of a body that the front end is given without the rest.
//!
//! To infer a body again takes the front end longer the longer it is, and a file's text is read as a whole. So where few
//! statements of a function's body are others than in the text that the database has, it is given these statements
//! in a file of their own, in a function of the same signature, after those variables' declarations that the
//! statements name, the declarations that these name, and so on: a slice of the body, in Weiser's sense. What
//! the function becomes is lowered from the body as the database has it, with these statements in the place of the others
//! ([`crate::jit::lower`], which also sees to it that the types are those of the whole).
//!
//! Why types in the slice are those of the whole: what is outside of a statement has a part in its types through
//! variables alone. The declarations in the slice stand in the body too, in the same order. What they alone decide
//! cannot be anything else there. What they leave open is an error, or a number's default type, which is not
//! taken for decided; and where the body has another type for a variable, others have decided it. What an *old*
//! statement had a part in is not known to be true of the next text either, so it must be decided by the slice too.
//!
//! Program slices: M. Weiser, Program Slicing, IEEE Transactions on Software Engineering 10 (4), 1984.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use ra_ap_base_db::{EditionedFileId, FileId};
use ra_ap_hir_def::expr_store::{Body, ExpressionStore, ExpressionStoreSourceMap};
use ra_ap_hir_def::hir::{BindingId, ExprId, ExprOrPatId, Pat, PatId};
use ra_ap_hir_def::nameres::crate_def_map;
use ra_ap_hir_def::{DefWithBodyId, FunctionId, ModuleDefId};
use ra_ap_hir_expand::InFile;
use ra_ap_syntax::ast::HasName;
use ra_ap_syntax::{AstNode, AstToken, SourceFile, SyntaxElement, SyntaxKind, SyntaxNode, ast};

use super::super::outline::OF_EXPRESSIONS;
use super::complaints::{literals, of_bodies};
use super::database::Database;
use super::numbers::{Changed, HEAD, between, block_at};
use super::overlay::{Overlay, Piece, What};

/// The name of the module of slices of a file, of the function in it, and of the slice in that. Its text changes in the
/// innermost alone: nothing that is known of the crate's items depends on that.
const NAME: &str = "__segue_slice";

/// What stands in such a file before there is a slice.
pub(in crate::jit) fn text_without_one() -> String {
    format!("use super::*;\nfn {NAME}() {{}}\n")
}

/// What is put behind the path of a file to name that of its slices.
pub(in crate::jit) const SLICES: &str = ".slices";

/// The line that makes the file `name` the module of slices of the file it stands in.
pub(in crate::jit) fn line(name: &str) -> String {
    format!("#[path = {name:?}] mod {NAME};")
}

/// More statements are not given in a slice: the whole body is then due, and what comes next is compared with that.
const MOST: usize = 4;

/// Statements in another place.
#[derive(Debug)]
pub(crate) struct Slice {
    /// The function whose statements they are.
    pub(crate) of: FunctionId,
    /// The function in which the front end has them.
    pub(crate) owner: FunctionId,
    /// Statements of the body, and what takes their places.
    pub(crate) statements: Vec<(Statement, Statement)>,
    /// The variables that are declared in the slice: which of the body is which of the slice.
    pub(crate) variables: Vec<Variable>,
    /// There are integers or floats in it that do not say their type.
    pub(crate) open: Open,
    /// The file of slices.
    pub(super) file: FileId,
}

/// A statement by what is found in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Statement {
    Let(PatId),
    Effect(ExprId),
    /// The value of the body.
    Tail(ExprId),
}

/// One variable in the body and in the slice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Variable {
    pub(crate) old: BindingId,
    pub(crate) new: BindingId,
    /// Its declaration says its type.
    pub(crate) is_declared: bool,
}

/// Numbers that may get the default type.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Open {
    pub(crate) integers: bool,
    pub(crate) floats: bool,
}

/// A slice before the front end has it.
pub(in crate::jit) struct Cut {
    of: FunctionId,
    /// The file that is sliced, the block in the database's text, and the live one.
    file: FileId,
    range: Range<usize>,
    block: String,
    /// What stands in the slice, in the order of the text.
    parts: Vec<Part>,
    /// What differs beside it.
    numbers: Vec<Changed>,
    parameters: Option<ast::ParamList>,
    open: Open,
    /// The file of slices, and its text.
    slices: FileId,
    text: String,
    /// Its last part is the value of the body.
    has_tail: bool,
}

/// A statement in a slice.
struct Part {
    /// In the database's text.
    old: SyntaxNode,
    /// What takes its place; of a declaration that stays as it is, nothing.
    new: Option<String>,
    /// Where it begins in the file of slices.
    start: usize,
}

impl Cut {
    /// The slice for a block of the live text, where the database has another one in `range` of a file; nothing where
    /// that is not to be had. Asks for the texts alone.
    pub(in crate::jit) fn of(
        db: &Database,
        of: FunctionId,
        (file, range): (FileId, Range<usize>),
        block: &str,
    ) -> Option<Cut> {
        let slices = slices_of(db, file)?;
        let edition = db.live_crate().data(db).edition;
        let before = EditionedFileId::new(db, file, edition).parse(db).tree();
        let before = block_at(before.syntax(), &range)?;
        let after = SourceFile::parse(&[HEAD, block].concat(), edition);
        let tree = after.tree();
        if !after.errors().is_empty() || literals::malformed(tree.syntax()).next().is_some() {
            return None;
        }
        let after = block_at(tree.syntax(), &(HEAD.len()..HEAD.len() + block.len()))?;
        let function = ast::Fn::cast(before.parent()?)?;
        let (before, after) = (statements(&before)?, statements(&after)?);
        let Differing { statements, numbers } = differing(&before, &after)?;
        let last = *statements.last()?;
        let mut names = HashSet::new();
        let (mut chosen, mut open) = (Vec::new(), Open::default());
        for at in (0..=last).rev() {
            let (old, new) = (&before[at], &after[at]);
            if statements.contains(&at) {
                names.extend(words(old).into_iter().chain(words(new)));
                open.see(new);
                chosen.push((old, Some(new.text().to_string())));
            } else if let Some(declaration) = ast::LetStmt::cast(old.clone())
                && !words(declaration.pat()?.syntax()).is_disjoint(&names)
            {
                names.extend(words(old));
                open.see(old);
                chosen.push((old, None));
            } else if may_declare(old) && !words(old).is_disjoint(&names) {
                return None;
            }
        }
        let mut text = head(&function, &mut names)?;
        // Paths that begin in this module begin in another one there.
        if ["super", "self", "Self"].iter().any(|word| names.contains(*word)) {
            return None;
        }
        let mut parts = Vec::new();
        for (old, new) in chosen.into_iter().rev() {
            let start = text.len();
            match &new {
                Some(new) => text.push_str(new),
                None => text.push_str(&old.text().to_string()),
            }
            text.push('\n');
            parts.push(Part { old: old.clone(), new, start });
        }
        // A body that has no value where it ends must not be asked for one.
        let has_tail = last + 1 == before.len() && ast::Expr::can_cast(before[last].kind());
        text.push_str(if has_tail { "}\n}\n" } else { "loop {}\n}\n}\n" });
        let (parameters, block) = (function.param_list(), block.to_owned());
        Some(Cut {
            of,
            file,
            range,
            block,
            parts,
            numbers,
            parameters,
            open,
            slices,
            text,
            has_tail,
        })
    }

    /// The file that the slice is to be put into, and its text.
    pub(in crate::jit) fn file(&self) -> (FileId, &str) {
        (self.slices, &self.text)
    }

    /// Takes over the slice, which the database has now. The function that it is of; nothing where that is not possible, and
    /// the whole text has to be given. Asks queries.
    pub(in crate::jit) fn put(self, db: &Database, overlay: &mut Overlay) -> Option<FunctionId> {
        let slice = Arc::new(self.slice(db)?);
        if !self.numbers.iter().all(|number| number.is_in(db, self.of, self.file)) {
            return None;
        }
        let mut pieces: Vec<(u32, Piece)> =
            self.numbers.iter().filter_map(Changed::piece).collect();
        for part in self.parts {
            let Some(text) = part.new else { continue };
            let (range, start) = (part.old.text_range(), small(part.start)?);
            let what = What::Statement { slice: Arc::clone(&slice), start };
            pieces.push((range.start().into(), Piece { length: range.len().into(), text, what }));
        }
        let (start, end) = (small(self.range.start)?, small(self.range.end)?);
        overlay.replace(db, self.file, &(start..end), pieces);
        // What stands between statements was not compared.
        let file = overlay.of(self.file)?;
        let live = file.place(start) as usize..file.place(end) as usize;
        (file.text.get(live) == Some(&self.block)).then_some(self.of)
    }

    fn slice(&self, db: &Database) -> Option<Slice> {
        let edition = db.live_crate().data(db).edition;
        let body = |file: FileId, function: FunctionId| {
            let owner = DefWithBodyId::FunctionId(function).into();
            let (store, map) = ExpressionStore::with_source_map(db, owner);
            In { file: EditionedFileId::new(db, file, edition), store, map }
        };
        let owner = owner(db, self.slices)?;
        if !of_bodies(db, std::iter::once(owner), std::iter::empty()).is_empty() {
            return None;
        }
        let (old, new) = (body(self.file, self.of), body(self.slices, owner));
        let tree = new.file.parse(db).tree();
        let function = tree.syntax().descendants().filter_map(ast::Fn::cast).nth(1)?;
        let mut found = Both { old, new, variables: Vec::new() };
        if let (Some(was), Some(is)) = (&self.parameters, function.param_list()) {
            found.declare(was.syntax(), is.syntax(), true)?;
        }
        let (mut replaced, nodes) = (Vec::new(), statements(function.body()?.syntax())?);
        for (at, (part, is)) in self.parts.iter().zip(&nodes).enumerate() {
            if let (Some(was), Some(is)) =
                (ast::LetStmt::cast(part.old.clone()), ast::LetStmt::cast(is.clone()))
            {
                let says_type = says_its_type(&is) && says_its_type(&was);
                found.declare(was.pat()?.syntax(), is.pat()?.syntax(), says_type)?;
            }
            if part.new.is_some() {
                let is_tail = self.has_tail && at + 1 == self.parts.len();
                let old = found.old.statement(&part.old, is_tail)?;
                replaced.push((old, found.new.statement(is, is_tail)?));
            }
        }
        let (of, variables, open) = (self.of, found.variables, self.open);
        Some(Slice { of, owner, statements: replaced, variables, open, file: self.slices })
    }
}

fn small(place: usize) -> Option<u32> {
    u32::try_from(place).ok()
}

/// The body, the slice, and which variable is which.
struct Both<'db> {
    old: In<'db>,
    new: In<'db>,
    variables: Vec<Variable>,
}

impl Both<'_> {
    /// Adds the variables of two patterns, which must be written alike.
    fn declare(&mut self, was: &SyntaxNode, is: &SyntaxNode, is_declared: bool) -> Option<()> {
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
struct In<'db> {
    file: EditionedFileId,
    store: &'db ExpressionStore,
    map: &'db ExpressionStoreSourceMap,
}

impl In<'_> {
    fn statement(&self, node: &SyntaxNode, is_tail: bool) -> Option<Statement> {
        if let Some(it) = ast::LetStmt::cast(node.clone()) {
            let pattern = self.map.node_pat(InFile::new(self.file.into(), &it.pat()?))?;
            return Some(Statement::Let(pattern.as_pat()?));
        }
        let e = match ast::ExprStmt::cast(node.clone()) {
            Some(it) => it.expr()?,
            None => ast::Expr::cast(node.clone())?,
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

/// The file for slices of one of the live files, if it has one.
fn slices_of(db: &Database, file: FileId) -> Option<FileId> {
    let path = db.file(file)?.0 + SLICES;
    db.live_files().find(|it| db.file(*it).is_some_and(|(it, _)| it == path))
}

/// The function of the slice.
fn owner(db: &Database, slices: FileId) -> Option<FunctionId> {
    let map = crate_def_map(db, db.live_crate());
    let edition = db.live_crate().data(db).edition;
    let file = EditionedFileId::new(db, slices, edition);
    let is_it = |module: &ra_ap_hir_def::nameres::ModuleData| module.origin.file_id() == Some(file);
    let (_, module) = map.modules().find(|(_, module)| is_it(module))?;
    let function = |module: &ra_ap_hir_def::nameres::ModuleData| {
        module.scope.declarations().find_map(|it| match it {
            ModuleDefId::FunctionId(id) => Some(id),
            _ => None,
        })
    };
    let outer = DefWithBodyId::FunctionId(function(module)?);
    let (_, inner) = Body::of(db, outer).blocks(db).next()?;
    inner.modules().find_map(|(_, module)| function(module))
}

/// The statements of a block, and its value.
fn statements(block: &SyntaxNode) -> Option<Vec<SyntaxNode>> {
    let list = ast::BlockExpr::cast(block.clone())?.stmt_list()?;
    let statements = list.statements().map(|it| it.syntax().clone());
    Some(statements.chain(list.tail_expr().map(|it| it.syntax().clone())).collect())
}

/// What differs between the statements of two blocks: some of them, and numbers in others.
struct Differing {
    statements: Vec<usize>,
    numbers: Vec<Changed>,
}

fn differing(before: &[SyntaxNode], after: &[SyntaxNode]) -> Option<Differing> {
    let (mut statements, mut numbers) = (Vec::new(), Vec::new());
    for (at, (old, new)) in before.iter().zip(after).enumerate() {
        if old.text() == new.text() {
            continue;
        }
        let is_value = |node: &SyntaxNode| ast::Expr::can_cast(node.kind());
        let is_alike = old.kind() == new.kind() || is_value(old) && is_value(new);
        match between(old, new) {
            Some(changed) => numbers.extend(changed),
            None if is_alike && is_plain(old) && is_plain(new) => statements.push(at),
            None => return None,
        }
    }
    let is_alike = before.len() == after.len() && (1..=MOST).contains(&statements.len());
    is_alike.then_some(Differing { statements, numbers })
}

/// Whether a statement is one whose types and places are all its own: it contains no body that is inferred or named by
/// itself, and is no macro's call.
fn is_plain(statement: &SyntaxNode) -> bool {
    use SyntaxKind::{ASYNC_KW, CLOSURE_EXPR, CONST_KW, LET_STMT, MACRO_EXPR, MACRO_PAT};
    let of_macro = |node: &SyntaxNode| node.kind() == MACRO_EXPR;
    let is_call = of_macro(statement)
        || (statement.kind() != LET_STMT && statement.children().any(|it| of_macro(&it)));
    let is_item = |kind| ast::Item::can_cast(kind) && kind != SyntaxKind::MACRO_CALL;
    let inner = |it: SyntaxElement| {
        matches!(it.kind(), CLOSURE_EXPR | ASYNC_KW | CONST_KW | MACRO_PAT) || is_item(it.kind())
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
fn words(node: &SyntaxNode) -> HashSet<String> {
    let text = node.text().to_string();
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.split(|c| !is_part(c)).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// Whether a declaration says the type of all that it declares.
fn says_its_type(declaration: &ast::LetStmt) -> bool {
    declaration.ty().is_some_and(|ty| {
        let mut inner = ty.syntax().descendants();
        !inner.any(|it| matches!(it.kind(), SyntaxKind::INFER_TYPE | SyntaxKind::MACRO_TYPE))
    })
}

/// The text before a slice: up to the brace of a function with the signature of this one, and the names in that.
fn head(function: &ast::Fn, names: &mut HashSet<String>) -> Option<String> {
    let is_item = function.syntax().parent()?.kind() == SyntaxKind::SOURCE_FILE;
    if !is_item || function.async_token().is_some() || function.const_token().is_some() {
        return None;
    }
    let node = function.syntax();
    let end = function.body()?.syntax().text_range().start();
    let begin = function.name()?.syntax().text_range().end();
    let own = node.text_range().start();
    let signature = node.text().slice(begin - own..end - own).to_string();
    let head = SourceFile::parse(&format!("fn f{signature}{{}}"), ra_ap_span::Edition::CURRENT);
    names.extend(words(head.tree().syntax()));
    let is_unsafe = if function.unsafe_token().is_some() { "unsafe " } else { "" };
    Some(format!("use super::*;\nfn {NAME}() {{\n{is_unsafe}fn {NAME}{signature}{{\n"))
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
