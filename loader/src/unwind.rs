//! `.eh_frame`: taking the object's apart (phase: parse); `find` and `index` tell the unwinder of what
//! was linked (phase: seal).
//!
//! Every unit of code gets a section of its own: its CIEs, its FDEs, a zero word. The unwinder reads
//! these sections without looking where they end, so what it follows is checked here: lengths,
//! the forms of CIEs, and that no relocation changes either.

use std::ops::Range;

use cie::Cie;

use crate::error::{Error, ErrorKind};
use crate::graph::{Graph, Place, SectionId, SectionKind, Span};

pub(crate) mod cie;
pub(crate) mod find;
pub(crate) mod index;

/// One record of `.eh_frame`: its bytes (length word included) and its relocations.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record {
    pub(crate) section: SectionId,
    /// Range of the section's bytes.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Range of [`Graph::relocations`].
    pub(crate) relocations: Span,
}

/// One FDE, the CIE it extends, and the text section it describes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) text: SectionId,
    pub(crate) fde: Record,
    /// Index into [`Frames::cies`].
    pub(crate) cie: u32,
}

/// An object's unwind information, FDEs sorted by text section.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    pub(crate) cies: Vec<Record>,
    pub(crate) frames: Vec<Frame>,
    /// The sections with their exception tables, sorted.
    tables: Vec<SectionId>,
}

/// Offsets in a record: the CIE pointer, and an FDE's first address.
pub(crate) const CIE_POINTER: u32 = 4;
const FIRST_ADDRESS: u32 = 8;

impl Frames {
    pub(crate) fn parse(graph: &Graph) -> Result<Frames, Error> {
        let mut frames = Frames::default();
        for index in 0..graph.sections.len() {
            let section = SectionId(index as u32);
            if graph.section(section).kind == SectionKind::Unwind {
                frames.parse_section(graph, section)?;
            }
        }
        frames.frames.sort_by_key(|frame| frame.text);
        frames.find_tables(graph);
        Ok(frames)
    }

    fn parse_section(&mut self, graph: &Graph, section: SectionId) -> Result<(), Error> {
        let bytes = graph.section_bytes(section);
        let word = |at: u32| -> Option<u32> {
            let field = bytes.get(at as usize..at as usize + 4)?;
            field.try_into().ok().map(u32::from_le_bytes)
        };
        let broken = |at: u32, what: &str| {
            Error::new(ErrorKind::Malformed, format!(".eh_frame at {at:#x}: {what}"))
        };
        let first_cie = self.cies.len();
        let mut at = 0;
        while (at as usize) < bytes.len() {
            let length = word(at).ok_or_else(|| broken(at, "truncated length"))?;
            if length == 0 {
                break;
            }
            let end = at.checked_add(4).and_then(|start| start.checked_add(length));
            let end = end
                .filter(|end| length >= 8 && *end as usize <= bytes.len())
                .ok_or_else(|| broken(at, "record with an impossible length"))?;
            let record = Record {
                section,
                start: at,
                end,
                relocations: graph.relocations_between(section, at, end),
            };
            let id = word(at + CIE_POINTER).ok_or_else(|| broken(at, "truncated record"))?;
            if id == 0 {
                let cie = read_cie(bytes, &record);
                let cie = cie.ok_or_else(|| broken(at, "a CIE of an unknown form"))?;
                check_relocations(graph, &record, |offset| Some(offset) == cie.personality)?;
                self.cies.push(record);
            } else {
                let start = (at + CIE_POINTER).checked_sub(id);
                // They were met in this order.
                let cie = self.cies[first_cie..]
                    .binary_search_by_key(&start, |cie| Some(cie.start))
                    .ok()
                    .ok_or_else(|| broken(at, "FDE without a CIE before it"))?;
                let cie = (first_cie + cie) as u32;
                let size = read_cie(bytes, &self.cies[cie as usize])
                    .map_or(0, |cie| cie.addresses.size() as u32);
                if end - at < FIRST_ADDRESS + 2 * size {
                    return Err(broken(at, "an FDE too short for an address range"));
                }
                check_relocations(graph, &record, |offset| offset >= FIRST_ADDRESS)?;
                if let Some(text) = described_section(graph, record)? {
                    self.frames.push(Frame { text, fde: record, cie });
                }
            }
            at = end;
        }
        Ok(())
    }

    /// An FDE's second relocation is that of the pointer to its exception table.
    fn find_tables(&mut self, graph: &Graph) {
        for frame in &self.frames {
            for relocation in &graph.relocations[frame.fde.relocations.range()] {
                let is_first = relocation.offset == frame.fde.start + FIRST_ADDRESS;
                if let Place::Section(section) = graph.symbol(relocation.symbol).place
                    && !is_first
                {
                    self.tables.push(section);
                }
            }
        }
        self.tables.sort_unstable();
        self.tables.dedup();
    }

    /// Whether the section holds exception tables.
    pub(crate) fn is_table(&self, section: SectionId) -> bool {
        self.tables.binary_search(&section).is_ok()
    }

    /// Where in `frames` those of one text section are.
    pub(crate) fn range_of(&self, text: SectionId) -> Range<usize> {
        let start = self.frames.partition_point(|frame| frame.text < text);
        let end = self.frames.partition_point(|frame| frame.text <= text);
        start..end
    }

    pub(crate) fn cie(&self, frame: &Frame) -> &Record {
        &self.cies[frame.cie as usize]
    }
}

fn read_cie(section: &[u8], record: &Record) -> Option<Cie> {
    Cie::read(section.get(record.start as usize..record.end as usize)?)
}

/// Refuses relocations of fields that were read here, and are not to change.
fn check_relocations(
    graph: &Graph,
    record: &Record,
    may_change: impl Fn(u32) -> bool,
) -> Result<(), Error> {
    for relocation in &graph.relocations[record.relocations.range()] {
        if !may_change(relocation.offset - record.start) {
            let why =
                format!(".eh_frame at {:#x}: a relocation in a fixed field", relocation.offset);
            return Err(Error::new(ErrorKind::Malformed, why));
        }
    }
    Ok(())
}

/// The text section an FDE is about, from the relocation of its first address. `None` for code
/// that is not loaded.
fn described_section(graph: &Graph, fde: Record) -> Result<Option<SectionId>, Error> {
    let relocation = graph.relocations[fde.relocations.range()]
        .iter()
        .find(|it| it.offset == fde.start + FIRST_ADDRESS)
        .ok_or_else(|| {
            let why = format!(".eh_frame at {:#x}: FDE without a function", fde.start);
            Error::new(ErrorKind::Malformed, why)
        })?;
    match graph.symbol(relocation.symbol).place {
        Place::Section(text) if graph.section(text).kind == SectionKind::Text => Ok(Some(text)),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests;
