//! The records of `.eh_frame`: which one is about which section, so that each goes with its code.

use std::collections::HashMap;
use std::ops::Range;

use super::part::{Part, Relocation};

/// One record: a common one, or one about a function.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// Range of the section, its length field included.
    pub range: Range<usize>,
    /// The common record that it builds on.
    pub common: Option<usize>,
}

/// All records of one object.
#[derive(Default)]
pub(super) struct Frames {
    /// The section they stand in.
    pub section: Option<usize>,
    pub records: Vec<Record>,
    /// Records about functions, by the section of the code.
    by_code: HashMap<usize, Vec<usize>>,
}

impl Frames {
    pub(super) fn read(part: &Part) -> Result<Frames, String> {
        let mut sections =
            (0..part.sections.len()).filter(|at| part.sections[*at].name == ".eh_frame");
        let Some(section) = sections.next() else { return Ok(Frames::default()) };
        if sections.next().is_some() {
            return Err("the object has two sections for the unwinder".to_owned());
        }
        let mut frames = Frames { section: Some(section), ..Frames::default() };
        let bytes = part.bytes(section);
        let word = |at: usize| -> Option<usize> {
            let bytes: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
            Some(u32::from_le_bytes(bytes) as usize)
        };
        let damaged = || "the object's records for the unwinder are damaged".to_owned();
        let mut starts = HashMap::new();
        let mut at = 0;
        while at < bytes.len() {
            let length = word(at).ok_or_else(damaged)?;
            if length == 0 {
                break;
            }
            let range = at..at + 4 + length;
            // 0xffffffff says that the length has 64 bits.
            if length < 4 || range.end > bytes.len() {
                return Err(damaged());
            }
            let back = word(at + 4).ok_or_else(damaged)?;
            let index = frames.records.len();
            starts.insert(at, index);
            let common = match back {
                0 => None,
                back => {
                    let start = (at + 4).checked_sub(back).ok_or_else(damaged)?;
                    Some(*starts.get(&start).ok_or_else(damaged)?)
                }
            };
            let record = Record { range, common };
            if common.is_some() {
                let first = frames.relocations(part, &record).next().ok_or_else(damaged)?;
                let code = part.symbols[first.symbol].section.ok_or_else(damaged)?;
                frames.by_code.entry(code).or_default().push(index);
            }
            at = record.range.end;
            frames.records.push(record);
        }
        Ok(frames)
    }

    /// The records about the code in `section`.
    pub(super) fn about(&self, section: usize) -> impl Iterator<Item = &Record> {
        let records = self.by_code.get(&section).map(Vec::as_slice).unwrap_or_default();
        records.iter().map(|index| &self.records[*index])
    }

    /// The record that `record` builds on.
    pub(super) fn common(&self, record: &Record) -> Option<&Record> {
        record.common.map(|index| &self.records[index])
    }

    /// The relocations inside of `record`.
    pub(super) fn relocations<'a>(
        &self,
        part: &'a Part,
        record: &Record,
    ) -> impl Iterator<Item = &'a Relocation> + use<'a> {
        let all = self.section.map_or(&[][..], |section| &part.sections[section].relocations);
        let start = all.partition_point(|each| (each.offset as usize) < record.range.start);
        let end = all.partition_point(|each| (each.offset as usize) < record.range.end);
        all[start..end].iter()
    }
}
