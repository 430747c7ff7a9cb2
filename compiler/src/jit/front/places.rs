//! Where things stand: offsets of files as lines and columns.

use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

use ra_ap_base_db::FileId;

use super::super::mir::Span;
use super::database::Database;
use super::overlay::Overlay;

/// Numbers files as they are asked for.
pub(crate) struct Places<'db> {
    db: &'db Database,
    files: RefCell<Vec<Known>>,
    overlay: Arc<Overlay>,
}

struct Known {
    id: FileId,
    path: String,
    /// The offset at which each line begins, once it was asked for.
    lines: OnceCell<Vec<u32>>,
}

impl<'db> Places<'db> {
    pub(crate) fn new(db: &'db Database) -> Places<'db> {
        Places { db, files: RefCell::default(), overlay: Arc::default() }
    }

    /// With files that were numbered before, and what in their text the database has not.
    pub(crate) fn with(db: &'db Database, files: &[FileId], overlay: Arc<Overlay>) -> Places<'db> {
        let places = Places { overlay, ..Places::new(db) };
        for file in files {
            places.number(*file);
        }
        places
    }

    /// Line and column of what stands at an offset of the database's text. A file that is not known is all one line.
    pub(crate) fn span(&self, id: FileId, offset: u32) -> Span {
        let (id, text, offset) = self
            .overlay
            .place(id, offset)
            .unwrap_or_else(|| (id, self.db.file(id).map_or("", |(_, text)| text), offset));
        let file = self.number(id);
        let files = self.files.borrow();
        let lines = files[file as usize].lines.get_or_init(|| {
            let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(at, _)| small(at + 1))).collect()
        });
        let line = lines.partition_point(|begin| *begin <= offset).max(1);
        let begin = lines.get(line - 1).copied().unwrap_or(0) as usize;
        let before = text.get(begin..offset as usize).unwrap_or_default();
        Span { file, line: small(line), column: small(before.chars().count() + 1) }
    }

    /// The path of a file by its number.
    pub(crate) fn path(&self, file: u32) -> String {
        self.files.borrow().get(file as usize).map(|known| known.path.clone()).unwrap_or_default()
    }

    /// All paths, by number.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.files.borrow().iter().map(|known| known.path.clone()).collect()
    }

    /// All files, by number.
    pub(crate) fn files(&self) -> Vec<FileId> {
        self.files.borrow().iter().map(|known| known.id).collect()
    }

    fn number(&self, id: FileId) -> u32 {
        let mut files = self.files.borrow_mut();
        if let Some(number) = files.iter().position(|known| known.id == id) {
            return small(number);
        }
        let (path, _) = self.db.file(id).unwrap_or_default();
        files.push(Known { id, path, lines: OnceCell::new() });
        small(files.len() - 1)
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
