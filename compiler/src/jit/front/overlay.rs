//! What the live text has where the database has something else, and where what stands in the database's text is now.
//!
//! The front end need not be given every text: of a body that differs in little from the one that it has, it is told what
//! differs, and who lowers the body is told here. These are numbers ([`super::numbers`]), and statements of a body,
//! which the front end has in another place ([`super::slices`]).

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use ra_ap_base_db::FileId;
use ra_ap_hir_def::FunctionId;
use ra_ap_hir_def::hir::Literal;
use ra_ap_span::{TextRange, TextSize};

use super::database::Database;
use super::slices::Slice;

/// See the module.
#[derive(Clone, Default)]
pub(crate) struct Overlay {
    files: HashMap<FileId, Replaced>,
}

/// A part of a file in the database's text.
pub(crate) type Place = (FileId, Range<usize>);

/// One file.
#[derive(Clone, Default)]
pub(super) struct Replaced {
    /// By where they begin in the database's text; none within another.
    pieces: BTreeMap<u32, Piece>,
    /// The live text.
    pub(super) text: String,
}

/// A part of the live text, and what it takes the place of.
#[derive(Clone)]
pub(super) struct Piece {
    /// How long that is in the database's text.
    pub(super) length: u32,
    pub(super) text: String,
    pub(super) what: What,
}

#[derive(Clone)]
pub(super) enum What {
    Number(Literal),
    /// Part of a slice, and where that begins in the file of slices.
    Statement {
        slice: Arc<Slice>,
        start: u32,
    },
}

/// A statement that stands in a file of slices.
struct InSlice<'a> {
    /// The file it is of, and where that has another one in the database's text.
    of: FileId,
    at: u32,
    slice: &'a Arc<Slice>,
    start: u32,
}

impl Overlay {
    /// What is replaced in a file.
    pub(super) fn of(&self, file: FileId) -> Option<&Replaced> {
        self.files.get(&file)
    }

    /// These pieces take the place of those that there were within a range of the database's text.
    pub(super) fn replace(
        &mut self,
        db: &Database,
        file: FileId,
        within: &Range<u32>,
        pieces: impl IntoIterator<Item = (u32, Piece)>,
    ) {
        let Some((_, text)) = db.file(file) else { return };
        let mut all = self.files.remove(&file).map(|file| file.pieces).unwrap_or_default();
        all.retain(|at, _| !within.contains(at));
        all.extend(pieces);
        if !all.is_empty() {
            let text = with_pieces(text, &all);
            self.files.insert(file, Replaced { pieces: all, text });
        }
    }

    /// The literal at this place of the database's text, if there is another one.
    pub(crate) fn literal(&self, file: FileId, range: TextRange) -> Option<&Literal> {
        let piece = self.files.get(&file)?.pieces.get(&range.start().into())?;
        match &piece.what {
            What::Number(value) if TextSize::new(piece.length) == range.len() => Some(value),
            _ => None,
        }
    }

    /// The statements of this function's body that the front end has in another place.
    pub(crate) fn slice(&self, function: FunctionId) -> Option<&Arc<Slice>> {
        self.statements().map(|it| it.slice).find(|slice| slice.of == function)
    }

    /// Whether this file has a slice of another function, which is still to be lowered from there.
    pub(super) fn has_slice_of_another(&self, file: FileId, function: FunctionId) -> bool {
        self.statements().any(|it| it.slice.file == file && it.slice.of != function)
    }

    fn statements(&self) -> impl Iterator<Item = InSlice<'_>> {
        let pieces = self
            .files
            .iter()
            .flat_map(|(of, replaced)| replaced.pieces.iter().map(|(at, piece)| (*of, *at, piece)));
        pieces.filter_map(|(of, at, piece)| match &piece.what {
            What::Statement { slice, start } => Some(InSlice { of, at, slice, start: *start }),
            What::Number(_) => None,
        })
    }

    /// Where what stands in a file of the database's is in the live text, where that is another one: file, text of it, and
    /// offset.
    pub(super) fn place(&self, file: FileId, offset: u32) -> Option<(FileId, &str, u32)> {
        let sliced = self.statements().filter(|it| it.slice.file == file && it.start <= offset);
        if let Some(InSlice { of, at, start, .. }) = sliced.max_by_key(|it| it.start) {
            let replaced = self.files.get(&of)?;
            return Some((of, &replaced.text, replaced.place(at) + offset - start));
        }
        let replaced = self.files.get(&file)?;
        Some((file, &replaced.text, replaced.place(offset)))
    }
}

impl Replaced {
    /// Where a place of the database's text is in the live one.
    pub(super) fn place(&self, offset: u32) -> u32 {
        let (mut removed, mut added) = (0, 0);
        for piece in self.pieces.range(..offset).map(|(_, piece)| piece) {
            removed += piece.length;
            added += piece.live_length();
        }
        (offset + added).saturating_sub(removed)
    }

    /// Where a place of the live text is in the database's; of what was replaced, where it begins.
    pub(super) fn origin(&self, place: u32) -> u32 {
        let (mut removed, mut added) = (0, 0);
        for (at, piece) in &self.pieces {
            let begin = at + added - removed;
            if place < begin {
                break;
            }
            if place <= begin + piece.live_length() {
                return *at;
            }
            removed += piece.length;
            added += piece.live_length();
        }
        (place + removed).saturating_sub(added)
    }

    /// What takes the place of what begins here in the database's text.
    pub(super) fn at(&self, offset: u32) -> Option<&Piece> {
        self.pieces.get(&offset)
    }
}

impl Piece {
    fn live_length(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }
}

/// A text with parts of it replaced.
fn with_pieces(text: &str, pieces: &BTreeMap<u32, Piece>) -> String {
    let (mut written, mut at) = (String::with_capacity(text.len()), 0);
    for (start, piece) in pieces {
        let start = *start as usize;
        written.push_str(text.get(at..start).unwrap_or_default());
        written.push_str(&piece.text);
        at = start + piece.length as usize;
    }
    written.push_str(text.get(at..).unwrap_or_default());
    written
}
