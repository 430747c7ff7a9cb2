//! `.eh_frame`: taking the object's apart (phase: parse), building one per unit of code (relocate),
//! and registering it with the unwinder (seal).
//!
//! Every unit gets a section of its own: its CIEs, its FDEs, a zero word. libgcc 12 looks for an
//! address in the registered section with the highest start at or below it and in no other; libgcc
//! 13 keeps the sections' address ranges in a tree. Both therefore need sections whose ranges do
//! not overlap, and a section over several units would overlap its neighbours as soon as a range
//! in its middle is reused. Deregistering goes with the unit, before its memory is given back.

use std::ffi::c_void;
use std::ops::Range;

use crate::error::{Error, ErrorKind};
use crate::graph::{Graph, Place, SectionId, SectionKind, Span};

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
                relocations: relocations(graph, section, at, end),
            };
            let id = word(at + CIE_POINTER).ok_or_else(|| broken(at, "truncated record"))?;
            if id == 0 {
                check_cie(&bytes[at as usize..end as usize])
                    .ok_or_else(|| broken(at, "a CIE of an unknown form"))?;
                self.cies.push(record);
            } else if length < FDE_LENGTH {
                return Err(broken(at, "an FDE too short for an address range"));
            } else {
                let start = (at + CIE_POINTER).checked_sub(id);
                let cie = self.cies[first_cie..]
                    .iter()
                    .rposition(|cie| Some(cie.start) == start)
                    .ok_or_else(|| broken(at, "FDE without a CIE before it"))?;
                let cie = (first_cie + cie) as u32;
                if let Some(text) = described_section(graph, record)? {
                    self.frames.push(Frame { text, fde: record, cie });
                }
            }
            at = end;
        }
        Ok(())
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

/// Whether the unwinder will read this CIE the way we do: compilers' version and augmentation,
/// every field inside the record, addresses as 32-bit relative or 64-bit absolute values.
fn check_cie(record: &[u8]) -> Option<()> {
    let mut rest = record.get(8..)?;
    let version = byte(&mut rest)?;
    let end = rest.iter().position(|byte| *byte == 0)?;
    let augmentation = &rest[..end];
    rest = &rest[end + 1..];
    leb128(&mut rest)?; // code alignment
    leb128(&mut rest)?; // data alignment
    match version {
        1 => drop(byte(&mut rest)?), // return address register
        3 => leb128(&mut rest)?,
        _ => return None,
    }
    let Some((b'z', letters)) = augmentation.split_first() else {
        return augmentation.is_empty().then_some(());
    };
    leb128(&mut rest)?; // length of the augmentation's data
    for letter in letters {
        match letter {
            b'S' | b'B' => {}
            b'R' | b'L' if matches!(byte(&mut rest)?, ABSOLUTE | RELATIVE) => {}
            b'P' => {
                let size = match byte(&mut rest)? & !INDIRECT {
                    RELATIVE => 4,
                    ABSOLUTE => 8,
                    _ => return None,
                };
                rest = rest.get(size..)?;
            }
            _ => return None,
        }
    }
    Some(())
}

/// Pointer encodings: DW_EH_PE_absptr, pcrel | sdata4, and the flag `indirect`.
const ABSOLUTE: u8 = 0x00;
const RELATIVE: u8 = 0x1B;
const INDIRECT: u8 = 0x80;
/// CIE pointer, first address and length of the range, in the shorter encoding.
const FDE_LENGTH: u32 = 12;

fn byte(rest: &mut &[u8]) -> Option<u8> {
    let (first, more) = rest.split_first()?;
    *rest = more;
    Some(*first)
}

fn leb128(rest: &mut &[u8]) -> Option<()> {
    let end = rest.iter().take(10).position(|byte| byte & 0x80 == 0)?;
    *rest = &rest[end + 1..];
    Some(())
}

fn relocations(graph: &Graph, section: SectionId, start: u32, end: u32) -> Span {
    let all = graph.section(section).relocations;
    let list = graph.relocations_of(section);
    let first = list.partition_point(|it| it.offset < start) as u32;
    let last = list.partition_point(|it| it.offset < end) as u32;
    Span { start: all.start + first, end: all.start + last }
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

unsafe extern "C" {
    // In libgcc_s, which Rust's std is linked against on this target.
    fn __register_frame(section: *const c_void);
    fn __deregister_frame(section: *const c_void);
    fn _Unwind_Find_FDE(address: *const c_void, bases: *mut [*mut c_void; 3]) -> *const c_void;
}

/// Whether a section known to the unwinder describes the code at `address`.
pub(crate) fn describes(address: usize) -> bool {
    let mut bases = [std::ptr::null_mut(); 3];
    let address = std::ptr::without_provenance(address);
    // SAFETY: a look-up: it reads the registered sections and fills three words at most.
    !unsafe { _Unwind_Find_FDE(address, &raw mut bases) }.is_null()
}

/// Makes the unwinder sort the sections registered since the last time. It would do so at the first
/// panic: there it would cost the panicking thread, and quadratic time after many links.
pub(crate) fn settle() {
    // Any look-up does; nobody's code is at the last address.
    describes(usize::MAX);
}

/// A section known to the unwinder, until drop.
#[derive(Debug)]
pub(crate) struct Registration {
    section: usize,
}

impl Registration {
    /// Makes the unwinder know the section at `address`.
    ///
    /// # Safety
    /// `address` holds a well-formed `.eh_frame` that ends with a zero word and stays unchanged
    /// and mapped until the registration is dropped.
    pub(crate) unsafe fn new(address: usize) -> Registration {
        // SAFETY: the caller's promise is exactly what libgcc requires.
        unsafe { __register_frame(std::ptr::with_exposed_provenance(address)) };
        Registration { section: address }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        // SAFETY: registered by `new` at this address, and once; drop runs once.
        unsafe { __deregister_frame(std::ptr::with_exposed_provenance(self.section)) };
    }
}

#[cfg(test)]
mod tests;
