//! Unwind records: every FDE decoded from both links, function by function.

use std::collections::{BTreeMap, HashMap};

use crate::ours::Ours;
use crate::subject::Subject;
use crate::theirs::Theirs;

/// One FDE with what it takes from its CIE, every address resolved.
#[derive(Debug, PartialEq, Eq, Clone)]
pub(crate) struct Frame {
    pub(crate) start: u64,
    pub(crate) length: u64,
    pub(crate) personality: u64,
    pub(crate) exceptions: u64,
    /// Augmentation, alignments and return register, and the rules of CIE and FDE.
    pub(crate) rest: Vec<u8>,
}

/// Bytes of one side, by address.
type Read<'a> = &'a dyn Fn(u64, usize) -> Option<Vec<u8>>;

/// A position in a record.
struct Cursor {
    address: u64,
    bytes: Vec<u8>,
    at: usize,
}

impl Cursor {
    fn take(&mut self, count: usize) -> Option<&[u8]> {
        let bytes = self.bytes.get(self.at..self.at.checked_add(count)?)?;
        self.at += count;
        Some(bytes)
    }

    fn number(&mut self, width: usize) -> Option<u64> {
        Some(self.take(width)?.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }

    /// A LEB128 number as its bytes.
    fn leb128(&mut self) -> Option<Vec<u8>> {
        let rest = self.bytes.get(self.at..)?;
        let length = rest.iter().position(|byte| byte & 0x80 == 0)? + 1;
        Some(self.take(length)?.to_vec())
    }

    /// Where the augmentation's data ends, if it says so, in one byte as in all that compilers emit.
    fn size_of_augmentation(&mut self, sized: bool) -> Option<Option<usize>> {
        if !sized {
            return Some(None);
        }
        let size = self.number(1)? as usize;
        Some(Some(self.at + size))
    }

    /// A pointer in one of the encodings of `.eh_frame`; 0 stays 0.
    fn pointer(&mut self, encoding: u8, read: Read<'_>) -> Option<u64> {
        let place = self.address + self.at as u64;
        let value = match encoding & 0x0F {
            0x00 | 0x04 | 0x0C => self.number(8)?,
            0x03 => self.number(4)?,
            0x0B => self.number(4)? as u32 as i32 as u64,
            _ => return None,
        };
        if value == 0 {
            return Some(0);
        }
        let value = match encoding & 0x70 {
            0x00 => value,
            0x10 => value.wrapping_add(place),
            _ => return None,
        };
        if encoding & 0x80 == 0 {
            return Some(value);
        }
        Some(u64::from_le_bytes(read(value, 8)?.try_into().ok()?))
    }
}

/// The record at `address`: its cursor behind the length, and where it ends.
fn record(address: u64, read: Read<'_>) -> Option<Cursor> {
    let length = u32::from_le_bytes(read(address, 4)?.try_into().ok()?) as usize;
    if length == 0 {
        return None;
    }
    Some(Cursor { address, bytes: read(address, length + 4)?, at: 4 })
}

/// The FDE at `address`; `Ok(None)` for a CIE.
pub(crate) fn frame(address: u64, read: Read<'_>) -> Result<Option<Frame>, String> {
    let decode = || -> Option<Option<Frame>> {
        let mut fde = record(address, read)?;
        let distance = fde.number(4)?;
        if distance == 0 {
            return Some(None);
        }
        let mut cie = record((address + 4).checked_sub(distance)?, read)?;
        if cie.number(4)? != 0 {
            return None;
        }
        let mut rest = cie.take(1)?.to_vec(); // version
        let mut letters = Vec::new();
        while let letter @ 1.. = cie.take(1)?[0] {
            letters.push(letter);
        }
        rest.extend(&letters);
        rest.extend(cie.leb128()?);
        rest.extend(cie.leb128()?);
        rest.extend(cie.leb128()?); // return register, a byte in version 1 and below 128
        let (mut personality, mut own, mut exceptions) = (0, 0, None);
        let sized = letters.first() == Some(&b'z');
        let end = cie.size_of_augmentation(sized)?;
        for letter in &letters {
            match letter {
                b'R' => own = cie.take(1)?[0],
                b'L' => exceptions = Some(cie.take(1)?[0]),
                b'P' => {
                    let encoding = cie.take(1)?[0];
                    personality = cie.pointer(encoding, read)?;
                }
                _ => {}
            }
        }
        if end.is_some_and(|end| end != cie.at) {
            return None;
        }
        let start = fde.pointer(own, read)?;
        let length = fde.pointer(own & 0x0F, read)?;
        let end = fde.size_of_augmentation(sized)?;
        let exceptions = match exceptions {
            Some(encoding) => fde.pointer(encoding, read)?,
            None => 0,
        };
        if end.is_some_and(|end| end != fde.at) {
            return None;
        }
        for rules in [&cie, &fde] {
            let rules = &rules.bytes[rules.at..];
            let used = rules.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
            rest.extend(&rules[..used]);
            rest.push(0);
        }
        Some(Some(Frame { start, length, personality, exceptions, rest }))
    };
    decode().ok_or_else(|| format!("unwind record at {address:#x} cannot be read"))
}

/// ld's FDEs by the function's address.
fn their_frames(theirs: &Theirs) -> Result<BTreeMap<u64, Frame>, String> {
    let (start, bytes) = &theirs.unwind;
    let read = |address: u64, length: usize| Some(theirs.read_at(address, length));
    let mut frames = BTreeMap::new();
    let mut at = 0;
    while let Some(length) = bytes.get(at..at + 4) {
        let length = u32::from_le_bytes(length.try_into().map_err(|_| "length")?) as usize;
        if length == 0 {
            break;
        }
        if let Some(frame) = frame(start + at as u64, &read)? {
            frames.insert(frame.start, frame);
        }
        at += length + 4;
    }
    Ok(frames)
}

/// Compares all unwind records; the number of FDEs compared, and what differs.
pub(crate) fn compare(subject: &Subject, ours: &Ours, theirs: &Theirs) -> (u64, Vec<String>) {
    let mut problems = Vec::new();
    let mut expected = match their_frames(theirs) {
        Ok(frames) => frames,
        Err(error) => return (0, vec![format!("ld's {error}")]),
    };
    // Of ld's, those of code that Segue placed.
    let is_placed = |start: u64| {
        let section = theirs.addresses.iter().zip(&subject.sections).position(|(address, it)| {
            it.is_code() && *address <= start && start < address + it.size
        });
        section.is_some_and(|section| ours.places_of(section).next().is_some())
    };
    expected.retain(|start, _| is_placed(*start));
    let read = |address: u64, length: usize| ours.read(address, length);
    // An address here as one there; a live function's is that of its stub.
    let stubs: HashMap<u64, usize> = ours.stubs.iter().map(|(it, stub)| (*stub, *it)).collect();
    let there = |address: u64| match (ours.place_at(address), stubs.get(&address)) {
        (Some(place), _) => {
            let offset = address - place.address + place.range.start as u64;
            theirs.addresses[place.section] + offset
        }
        (None, Some(section)) => theirs.addresses[*section],
        (None, None) => address,
    };
    let mut count = 0;
    for place in &ours.places {
        if !subject.sections[place.section].is_unwind() {
            continue;
        }
        let name = format!(".eh_frame+{:#x}", place.range.start);
        if record(place.address, &read).is_none_or(|it| it.bytes.len() != place.range.len()) {
            problems.push(format!("{name}: its length is not that of the object's record"));
            continue;
        }
        match frame(place.address, &read) {
            Ok(None) => {}
            Ok(Some(frame)) => {
                let start = there(frame.start);
                let exceptions = match frame.exceptions {
                    0 => 0,
                    address => there(address),
                };
                let frame =
                    Frame { start, exceptions, personality: there(frame.personality), ..frame };
                match expected.remove(&start) {
                    Some(expected) if expected == frame => count += 1,
                    other => problems.push(format!("{name}: {frame:x?} here, {other:x?} there")),
                }
            }
            Err(error) => problems.push(format!("{name}: {error}")),
        }
    }
    let missing = expected.values().map(|it| format!("no unwind record for the code at {it:x?}"));
    problems.extend(missing);
    (count, problems)
}
