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

mod choice;
mod found;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use ra_ap_base_db::{EditionedFileId, FileId};
use ra_ap_hir_def::expr_store::{Body, ExpressionStore};
use ra_ap_hir_def::hir::{BindingId, ExprId, PatId};
use ra_ap_hir_def::nameres::crate_def_map;
use ra_ap_hir_def::{DefWithBodyId, FunctionId, ModuleDefId};
use ra_ap_syntax::ast::HasName;
use ra_ap_syntax::{AstNode, SourceFile, SyntaxKind, ast};

use super::complaints::{literals, of_bodies};
use super::database::Database;
use super::numbers::{Changed, HEAD, block_at};
use super::overlay::{Overlay, Piece, Place, What};
use choice::{Choice, MOST, Part, statements, words_of, write};
use found::{Both, In};

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
}

impl Cut {
    /// The slice for a block of the live text, where the database has another one in `range` of a file; nothing where
    /// that is not to be had. Asks for the texts alone.
    pub(in crate::jit) fn of(
        db: &Database,
        of: FunctionId,
        (file, range): Place,
        block: &str,
        overlay: &Overlay,
    ) -> Option<Cut> {
        let slices = slices_of(db, file)?;
        // A file has room for one.
        if overlay.has_slice_of_another(slices, of) {
            return None;
        }
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
        let mut choice = Choice::default();
        let mut parts = choice.parts(&before, &after)?;
        let Choice { mut names, open, numbers, changed } = choice;
        if changed > MOST {
            return None;
        }
        let mut text = head(&function, &mut names)?;
        // Paths that begin in this module begin in another one there.
        if ["super", "self", "Self"].iter().any(|word| names.contains(*word)) {
            return None;
        }
        write(&mut parts, &mut text);
        // A body that has no value where it ends must not be asked for one.
        let has_tail = parts.last()?.is_tail();
        text.push_str(if has_tail { "}\n}\n" } else { "loop {}\n}\n}\n" });
        let (parameters, block) = (function.param_list(), block.to_owned());
        Some(Cut { of, file, range, block, parts, numbers, parameters, open, slices, text })
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
        pieces_of(self.parts, &slice, &mut pieces)?;
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
        let mut found = Both { old, new, variables: Vec::new(), statements: Vec::new() };
        if let (Some(was), Some(is)) = (&self.parameters, function.param_list()) {
            found.declare(was.syntax(), is.syntax(), true)?;
        }
        found.find(&self.parts, &statements(function.body()?.syntax())?)?;
        let Both { variables, statements, .. } = found;
        let (of, open) = (self.of, self.open);
        Some(Slice { of, owner, statements, variables, open, file: self.slices })
    }
}

/// What takes the place of what in the text.
fn pieces_of(parts: Vec<Part>, slice: &Arc<Slice>, to: &mut Vec<(u32, Piece)>) -> Option<()> {
    for part in parts {
        match part {
            Part::Loop { parts, .. } => pieces_of(parts, slice, to)?,
            Part::Statement { old, new: Some(text), start } => {
                let (range, start) = (old.text_range(), small(start)?);
                let what = What::Statement { slice: Arc::clone(slice), start };
                to.push((range.start().into(), Piece { length: range.len().into(), text, what }));
            }
            Part::Statement { new: None, .. } => {}
        }
    }
    Some(())
}

fn small(place: usize) -> Option<u32> {
    u32::try_from(place).ok()
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
    names.extend(words_of(head.tree().syntax()));
    let is_unsafe = if function.unsafe_token().is_some() { "unsafe " } else { "" };
    Some(format!("use super::*;\nfn {NAME}() {{\n{is_unsafe}fn {NAME}{signature}{{\n"))
}
