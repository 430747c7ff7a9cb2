//! The attributes of functions that lowering asks for and rust-analyzer keeps no record of: they are read
//! from the syntax.

use ra_ap_hir_def::src::HasSource;
use ra_ap_hir_def::{FunctionId, Lookup, StructId};
use ra_ap_hir_ty::db::HirDatabase;
use ra_ap_syntax::ast::HasAttrs;

use super::super::mir::Inline;

/// What a function's attributes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attributes {
    /// It has the place of its call from its caller.
    pub(super) track_caller: bool,
    pub(super) inline: Inline,
}

impl Attributes {
    pub(super) fn of(db: &dyn HirDatabase, function: FunctionId) -> Attributes {
        let mut result = Attributes { track_caller: false, inline: Inline::Allowed };
        for attribute in function.lookup(db).source(db).value.attrs() {
            let text = attribute.to_string();
            let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            match text.as_str() {
                "#[track_caller]" => result.track_caller = true,
                "#[inline]" => result.inline = Inline::Wished,
                "#[inline(always)]" => result.inline = Inline::Demanded,
                "#[inline(never)]" | "#[cold]" => result.inline = Inline::Never,
                _ => {}
            }
        }
        result
    }
}

/// Whether a struct of the library says of its `Drop` that it drops items of the types that are its
/// arguments, and does nothing else.
pub(super) fn drops_items_only(db: &dyn HirDatabase, id: StructId) -> bool {
    id.lookup(db).source(db).value.attrs().any(|it| it.to_string() == "#[rustc_insignificant_dtor]")
}
