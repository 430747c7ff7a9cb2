//! Function, file and line of an address in an object's code (no phase: when a person asks).
//!
//! One table serves every placement of the object: its code sections are laid out one behind the
//! other at made-up addresses, the debugging information is linked for those, and a real address
//! is first turned into section and offset. The table is made at the first question; until
//! then the object's bytes are all that is kept.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use addr2line::Context;
use gimli::{Dwarf, EndianArcSlice, LittleEndian};
use object::read::elf::ElfFile64;
use object::{Object as _, ObjectSection as _, SectionKind};

use super::dwarf::{self, Input};
use super::function;

type Reader = EndianArcSlice<LittleEndian>;

/// One function of those that the compiler put at an address, innermost first.
pub(crate) struct Frame {
    /// Demangled; `None` where the object does not say.
    pub(crate) function: Option<String>,
    pub(crate) file: Option<String>,
    pub(crate) line: Option<u32>,
    pub(crate) column: Option<u32>,
}

/// One row of the line table.
#[derive(Debug)]
pub(crate) struct Row {
    /// Offset in the section.
    pub(crate) offset: u64,
    pub(crate) file: String,
    pub(crate) line: u32,
}

/// The debugging information of one object.
pub(crate) struct Lines {
    bytes: Arc<[u8]>,
    search: OnceLock<Option<Mutex<Search>>>,
}

struct Search {
    context: Context<Reader>,
    /// Per section, its made-up address; 0 for what is no code.
    bases: Vec<u64>,
}

impl Lines {
    pub(crate) fn new(bytes: Arc<[u8]>) -> Lines {
        Lines { bytes, search: OnceLock::new() }
    }

    pub(crate) fn object(&self) -> &Arc<[u8]> {
        &self.bytes
    }

    /// The functions at `offset` of a section, innermost first; empty if the object does not say.
    pub(crate) fn frames(&self, section: usize, offset: u64) -> Vec<Frame> {
        self.ask(section, |search, base| search.frames(base.checked_add(offset)?))
            .unwrap_or_default()
    }

    /// The rows of the line table for a range of a section.
    pub(crate) fn rows(&self, section: usize, start: u64, end: u64) -> Vec<Row> {
        let rows = self.ask(section, |search, base| {
            let (low, high) = (base.checked_add(start)?, base.checked_add(end)?);
            let ranges = search.context.find_location_range(low, high).ok()?;
            let rows = ranges.filter_map(|(address, _, location)| {
                // The first row may begin before the range.
                let offset = address.max(low).checked_sub(base)?;
                Some(Row { offset, file: location.file?.to_owned(), line: location.line? })
            });
            Some(rows.collect())
        });
        rows.unwrap_or_default()
    }

    fn ask<T>(&self, section: usize, ask: impl FnOnce(&Search, u64) -> Option<T>) -> Option<T> {
        let search = self.search.get_or_init(|| Search::new(&self.bytes).map(Mutex::new));
        // The table is only read: whoever panicked meanwhile has not changed it.
        let search = search.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        let base = *search.bases.get(section)?;
        if base == 0 { None } else { ask(&search, base) }
    }
}

impl Search {
    fn new(bytes: &[u8]) -> Option<Search> {
        let bases = lay_out(bytes)?;
        let place = |section: usize, offset: u64| {
            let base = bases.get(section).copied().filter(|base| *base != 0)?;
            base.checked_add(offset)
        };
        let mut sections = dwarf::link(&[Input { bytes, place: &place }]);
        let dwarf = Dwarf::load(|id| {
            let bytes = sections.remove(id.name()).unwrap_or_default();
            Ok::<_, gimli::Error>(Reader::new(bytes.into(), LittleEndian))
        });
        Some(Search { context: Context::from_dwarf(dwarf.ok()?).ok()?, bases })
    }

    fn frames(&self, address: u64) -> Option<Vec<Frame>> {
        let mut found = self.context.find_frames(address).skip_all_loads().ok()?;
        let mut frames = Vec::new();
        while let Ok(Some(frame)) = found.next() {
            let function = frame.function.and_then(|name| Some(function(&name.raw_name().ok()?)));
            let location = frame.location;
            frames.push(Frame {
                function,
                file: location.as_ref().and_then(|it| it.file).map(str::to_owned),
                line: location.as_ref().and_then(|it| it.line).filter(|line| *line != 0),
                column: location.as_ref().and_then(|it| it.column).filter(|column| *column != 0),
            });
        }
        Some(frames)
    }
}

/// Made-up addresses of the code sections, by index.
fn lay_out(bytes: &[u8]) -> Option<Vec<u64>> {
    const FIRST: u64 = 0x1000;
    const GAP: u64 = 64;
    let file = ElfFile64::<object::LittleEndian>::parse(bytes).ok()?;
    let mut bases = Vec::new();
    let mut next = FIRST;
    for section in file.sections() {
        let index = section.index().0;
        if bases.len() <= index {
            bases.resize(index + 1, 0);
        }
        if section.kind() == SectionKind::Text {
            bases[index] = next;
            next = next.checked_add(section.size())?.checked_add(GAP)? / GAP * GAP;
        }
    }
    Some(bases)
}
