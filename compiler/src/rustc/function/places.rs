//! Lines and columns: what a part says of the text that it was compiled from is made true of the text that
//! is live now.
//!
//! A panic's place is a `Location` in the object: address and length of the file's name, line and column.
//! Each is led back to the user's text of its time, and from there to the same token today.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::Range;

use object::elf;

use super::cut::{Cut, FileCut, located};
use super::part::{Part, Target};
use super::text::Derived;

/// Address, length, line, column.
const LOCATION: usize = 24;

/// From the text of a part to the text of today, file by file.
pub(super) struct Moves<'a> {
    files: Vec<FileMoves<'a>>,
}

struct FileMoves<'a> {
    name: String,
    derived: &'a Derived,
    old: &'a FileCut,
    new: &'a FileCut,
    derived_lines: OnceCell<Vec<usize>>,
    new_lines: OnceCell<Vec<usize>>,
    /// Offsets of the same tokens, for what differs in blanks and comments.
    tokens: RefCell<HashMap<Segment, Vec<(usize, usize)>>>,
}

/// What a file consists of.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Segment {
    Frame,
    Body(usize),
}

impl<'a> Moves<'a> {
    /// `old` is what `derived` was made from; `new` has the same frame.
    pub(super) fn new(derived: &'a [Derived], old: &'a Cut, new: &'a Cut) -> Moves<'a> {
        let pairs = old.files.iter().zip(&new.files).zip(derived);
        let files = pairs.map(|((old, new), derived)| FileMoves {
            name: old.path.to_string_lossy().into_owned(),
            derived,
            old,
            new,
            derived_lines: OnceCell::new(),
            new_lines: OnceCell::new(),
            tokens: RefCell::default(),
        });
        Moves { files: files.collect() }
    }

    /// Whether `part` says anything that is not true any more.
    pub(super) fn concern(&self, part: &Part) -> bool {
        if self.files.iter().all(|file| file.is_in_place()) {
            return false;
        }
        let data = (0..part.sections.len()).filter(|at| {
            let section = &part.sections[*at];
            !section.is_code() && !section.relocations.is_empty()
        });
        let is_amended = |section: usize| {
            let mut bytes = part.bytes(section).to_vec();
            self.amend(part, section, &mut bytes);
            bytes != part.bytes(section)
        };
        data.into_iter().any(is_amended)
    }

    /// Makes the locations in a section of `part` true.
    pub(super) fn amend(&self, part: &Part, section: usize, bytes: &mut [u8]) {
        for relocation in &part.sections[section].relocations {
            let at = relocation.offset as usize;
            if relocation.kind != elf::R_X86_64_64.0 || at + LOCATION > bytes.len() {
                continue;
            }
            let word = |at: usize| u32::from_le_bytes(std::array::from_fn(|i| bytes[at + i]));
            let (length, line, column) = (word(at + 8), word(at + 16), word(at + 20));
            if word(at + 12) != 0 || line == 0 || column == 0 {
                continue;
            }
            let Target::Private(names) = part.target(relocation.symbol) else { continue };
            let start =
                part.symbols[relocation.symbol].value.wrapping_add_signed(relocation.addend);
            let name: Option<Range<usize>> =
                (start as usize).checked_add(length as usize).map(|end| start as usize..end);
            let Some(name) = name.and_then(|range| part.bytes(names).get(range)) else { continue };
            let file = self.files.iter().find(|file| file.name.as_bytes() == name);
            let Some((line, column)) = file.and_then(|file| file.moved(line, column)) else {
                continue;
            };
            bytes[at + 16..at + 20].copy_from_slice(&line.to_le_bytes());
            bytes[at + 20..at + 24].copy_from_slice(&column.to_le_bytes());
        }
    }

    /// Where in the file with this number the place is now.
    pub(super) fn moved(&self, file: usize, line: u32, column: u32) -> Option<(u32, u32)> {
        self.files.get(file)?.moved(line, column)
    }
}

impl FileMoves<'_> {
    fn is_in_place(&self) -> bool {
        self.derived.is_unchanged() && is_file_in_place(self.old, self.new)
    }

    fn moved(&self, line: u32, column: u32) -> Option<(u32, u32)> {
        let derived_lines = self.derived_lines.get_or_init(|| line_starts(&self.derived.text));
        let start = *derived_lines.get(line.checked_sub(1)? as usize)?;
        let rest = self.derived.text.get(start..)?;
        let (within, _) = rest.char_indices().nth(column.checked_sub(1)? as usize)?;
        let offset = self.moved_offset(self.derived.original(start + within)?)?;
        let new_lines = self.new_lines.get_or_init(|| line_starts(&self.new.text));
        let line = new_lines.partition_point(|start| *start <= offset);
        let start = new_lines[line.checked_sub(1)?];
        let column = self.new.text.get(start..offset)?.chars().count() + 1;
        Some((u32::try_from(line).ok()?, u32::try_from(column).ok()?))
    }

    /// Where the token at `offset` of the old text is in the new one; nothing within a body that has
    /// changed.
    fn moved_offset(&self, offset: usize) -> Option<usize> {
        let (old, new) = (self.old, self.new);
        let number = old.functions.partition_point(|piece| piece.body.end <= offset);
        let inside = old.functions.get(number).is_some_and(|piece| piece.body.contains(&offset));
        let segment = if inside { Segment::Body(number) } else { Segment::Frame };
        let (from, to) = match segment {
            Segment::Body(_) => {
                (old.functions[number].body.clone(), new.functions.get(number)?.body.clone())
            }
            Segment::Frame => (old.frame().nth(number)?, new.frame().nth(number)?),
        };
        if old.text[from.clone()] == new.text[to.clone()] {
            return Some(offset - from.start + to.start);
        }
        let mut known = self.tokens.borrow_mut();
        let tokens = known.entry(segment).or_insert_with(|| match segment {
            Segment::Body(_) => {
                let (before, after) =
                    (located(&old.text[from.clone()]), located(&new.text[to.clone()]));
                let pairs = paired(&before.unwrap_or_default(), &after.unwrap_or_default());
                pairs.into_iter().map(|(a, b)| (a + from.start, b + to.start)).collect()
            }
            Segment::Frame => paired(&old.frame_tokens(), &new.frame_tokens()),
        });
        let token = tokens.binary_search_by_key(&offset, |(before, _)| *before).ok()?;
        Some(tokens[token].1)
    }
}

/// The offsets of the same tokens; none where they are not the same.
fn paired(before: &[(String, usize)], after: &[(String, usize)]) -> Vec<(usize, usize)> {
    let same = before.len() == after.len()
        && before.iter().zip(after).all(|((before, _), (after, _))| before == after);
    let pairs = before.iter().zip(after).map(|((_, before), (_, after))| (*before, *after));
    if same { pairs.collect() } else { Vec::new() }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// Words by which a text can ask for its own places in ways that are not told apart from other numbers.
pub(super) fn asks_for_places(cut: &Cut) -> bool {
    let words = ["line!", "column!", "dbg!", "Location"];
    cut.files.iter().any(|file| words.iter().any(|word| file.text.contains(word)))
}

/// Whether everything of `new` but bodies that changed stands where it stood in `old`.
pub(super) fn is_in_place(old: &Cut, new: &Cut) -> bool {
    old.files.iter().zip(&new.files).all(|(old, new)| is_file_in_place(old, new))
}

fn is_file_in_place(old: &FileCut, new: &FileCut) -> bool {
    let (mut before, mut after) = (Cursor::default(), Cursor::default());
    let mut frames = old.frame().zip(new.frame());
    let mut bodies = old.functions.iter().zip(&new.functions);
    old.text == new.text
        || loop {
            let Some((from, to)) = frames.next() else { break true };
            if before != after || old.text[from.clone()] != new.text[to.clone()] {
                break false;
            }
            before.pass(&old.text[from]);
            after.pass(&new.text[to]);
            if let Some((from, to)) = bodies.next() {
                before.pass(&old.text[from.body.clone()]);
                after.pass(&new.text[to.body.clone()]);
            }
        }
}

/// Line and column that a text ends in.
#[derive(Default, PartialEq, Eq)]
struct Cursor {
    lines: usize,
    column: usize,
}

impl Cursor {
    fn pass(&mut self, text: &str) {
        self.lines += text.matches('\n').count();
        self.column = match text.rsplit_once('\n') {
            Some((_, last)) => last.chars().count(),
            None => self.column + text.chars().count(),
        };
    }
}

#[cfg(test)]
mod tests;
