//! Bodies that have the front end do more than it is allowed to.

use ra_ap_hir_def::src::HasSource;
use ra_ap_hir_def::{DefWithBodyId, Lookup};
use ra_ap_hir_expand::{HirFileId, InFile};
use ra_ap_syntax::ast::HasName;
use ra_ap_syntax::{AstNode, SyntaxNodePtr};

use super::super::effort::{self, Part};
use super::{Collect, Fault};

impl Collect<'_> {
    /// Says what is wrong with a body; whether it is possible to go on after it.
    pub(super) fn within_limits(&mut self, body: DefWithBodyId) -> bool {
        let db = self.db;
        match db.within_limits(Part::Body, || self.body(body)) {
            Ok(()) => true,
            Err(_) => {
                // What was found until then is not all there is to find.
                self.found.clear();
                self.endless(body);
                false
            }
        }
    }

    fn endless(&mut self, body: DefWithBodyId) {
        let (file, pointer, name) = self.name_of_body(body);
        let message = effort::endless(&name);
        self.push(file, pointer, None, message, String::new());
        // It may be right: there are texts that only look as if they had no end.
        self.found.iter_mut().for_each(|it| it.fault = Fault::Library);
    }

    /// Where the name of what has this body stands, and the name.
    fn name_of_body(&self, body: DefWithBodyId) -> (HirFileId, SyntaxNodePtr, String) {
        let db = self.db;
        match body {
            DefWithBodyId::FunctionId(id) => named(id.lookup(db).source(db)),
            DefWithBodyId::StaticId(id) => named(id.lookup(db).source(db)),
            DefWithBodyId::ConstId(id) => named(id.lookup(db).source(db)),
            DefWithBodyId::VariantId(id) => named(id.lookup(db).source(db)),
        }
    }
}

fn named(item: InFile<impl HasName>) -> (HirFileId, SyntaxNodePtr, String) {
    let InFile { file_id, value } = item;
    match value.name() {
        Some(name) => {
            (file_id, SyntaxNodePtr::new(name.syntax()), format!("`{}`", name.syntax().text()))
        }
        None => (file_id, SyntaxNodePtr::new(value.syntax()), "this".to_owned()),
    }
}
