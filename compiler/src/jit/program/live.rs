//! Names and places of one program, as lowering asks for them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use ra_ap_base_db::{Crate, EditionedFileId};
use ra_ap_hir_def::hir::Literal;
use ra_ap_hir_def::src::HasSource;
use ra_ap_hir_def::{FunctionId, Lookup, StaticId};
use ra_ap_hir_expand::InFile;
use ra_ap_span::{TextRange, TextSize};
use ra_ap_syntax::AstNode;
use ra_ap_syntax::ast::HasName;

use super::super::front::database::Database;
use super::super::front::overlay::Overlay;
use super::super::front::places::Places;
use super::super::front::slices::Slice;
use super::super::front::symbols::{PRIVATE, Symbols};
use super::super::lower::{Answers, Instance, Program};
use super::super::mir::{Linkage, Span};
use super::kept::{Kept, Stored};

/// Names and places of one program.
pub(super) struct Live<'db> {
    pub(super) db: &'db Database,
    pub(super) symbols: Symbols<'db>,
    pub(super) places: Places<'db>,
    overlay: Arc<Overlay>,
    answers: Answers,
    /// Symbols that were made before.
    known_symbols: RefCell<HashMap<Stored, String>>,
}

impl<'db> Live<'db> {
    /// Of a program of which nothing is known.
    pub(super) fn new(db: &'db Database, name: &str) -> Live<'db> {
        Live {
            db,
            symbols: Symbols::new(db, db.live_crate(), name),
            places: Places::new(db),
            overlay: Arc::default(),
            answers: Answers::default(),
            known_symbols: RefCell::default(),
        }
    }

    /// Of a program of which something is known. What it learns is to be kept again.
    pub(super) fn with(db: &'db Database, name: &str, kept: &mut Kept) -> Live<'db> {
        let symbols = Symbols::with(db, db.live_crate(), name, kept.blocks.clone());
        let overlay = Arc::clone(&kept.overlay);
        let places = Places::with(db, &kept.files, Arc::clone(&overlay));
        let answers = std::mem::take(&mut kept.answers);
        let known_symbols = RefCell::new(std::mem::take(&mut kept.symbols));
        Live { db, symbols, places, overlay, answers, known_symbols }
    }

    /// Keeps what was learnt, and forgets it here, for as long as the front end has the text that it has.
    pub(super) fn keep(&self, kept: &mut Kept) {
        (kept.answers, kept.symbols) = (self.answers.take(), self.known_symbols.take());
    }

    /// Where a function's name stands.
    pub(super) fn name_of(&self, function: FunctionId) -> Span {
        let source = function.lookup(self.db).source(self.db);
        let node = source
            .value
            .name()
            .map_or_else(|| source.value.syntax().clone(), |name| name.syntax().clone());
        let range = InFile::new(source.file_id, &node).original_file_range_rooted(self.db);
        self.span(range.file_id, range.range.start())
    }

    fn new_symbol(&self, instance: &Instance<'db>) -> String {
        match *instance {
            Instance::Function(function, args) => self.symbols.function(function, args),
            Instance::Closure(closure, args) => self.symbols.closure(closure, args),
            Instance::ClosurePointer(closure, args) => {
                format!("pointer.{}", self.symbols.closure(closure, args))
            }
            Instance::TrackedPointer(function, args) => {
                let name = self.symbols.function(function, args);
                format!("pointer.{name}{PRIVATE}")
            }
            Instance::Constructor(variant, ty) => self
                .symbols
                .written_for(&format!("constructor_{}", variant_name(self.db, variant)), ty),
            Instance::Derived(id, method, args) => {
                let loc = id.loc(self.db);
                self.symbols.derived(&format!("{:?}_{method:?}", loc.trait_), loc.adt, args)
            }
            Instance::Constant(id, args) => self.symbols.computed(id, args),
            Instance::Clone(ty) => self.symbols.written_for("clone", ty),
            Instance::Drop(ty) => self.symbols.written_for("drop", ty),
            Instance::Virtual(method, args) => self.symbols.in_table(method, args),
        }
    }
}

impl<'db> Program<'db> for Live<'db> {
    fn live_crate(&self) -> Crate {
        self.db.live_crate()
    }

    fn symbol(&self, instance: &Instance<'db>) -> String {
        let stored = Stored::of(instance);
        if let Some(known) = self.known_symbols.borrow().get(&stored) {
            return known.clone();
        }
        let symbol = self.new_symbol(instance);
        self.known_symbols.borrow_mut().insert(stored, symbol.clone());
        symbol
    }

    fn linkage(&self, instance: &Instance<'db>) -> Linkage {
        match *instance {
            Instance::Function(function, args) if self.symbols.is_live(function, args) => {
                Linkage::Live
            }
            _ => Linkage::Private,
        }
    }

    fn static_symbol(&self, id: StaticId) -> String {
        self.symbols.variable(id)
    }

    fn span(&self, file: EditionedFileId, offset: TextSize) -> Span {
        self.places.span(file.file_id(self.db), offset.into())
    }

    fn literal(&self, file: EditionedFileId, range: TextRange) -> Option<&Literal> {
        self.overlay.literal(file.file_id(self.db), range)
    }

    fn slice(&self, of: FunctionId) -> Option<&Slice> {
        self.overlay.slice(of).map(Arc::as_ref)
    }

    fn path(&self, file: u32) -> String {
        self.places.path(file)
    }

    fn answers(&self) -> &Answers {
        &self.answers
    }
}

fn variant_name(db: &Database, variant: ra_ap_hir_def::VariantId) -> String {
    match variant {
        ra_ap_hir_def::VariantId::EnumVariantId(id) => {
            let (_, index) = id
                .lookup(db)
                .parent
                .enum_variants(db)
                .variants
                .values()
                .enumerate()
                .find(|(_, (variant, _))| *variant == id)
                .map_or((0, 0), |(index, _)| (0, index));
            index.to_string()
        }
        _ => "struct".to_owned(),
    }
}
