//! What a CIE says about the FDEs that extend it: version, augmentation, how addresses are written
//! (phases: parse, and whenever somebody unwinds).
//!
//! Formats: DWARF 4, section 6.4.1; Linux Standard Base, "Exception Frames", for augmentations and
//! pointer encodings. Compilers emit `zR` and `zPLR`, with `S` in signal frames and `B` on aarch64.

/// How a pointer is written: the low half byte its size, the next one what it is relative to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Encoding(u8);

impl Encoding {
    /// DW_EH_PE_absptr: eight bytes, the address itself.
    const ABSOLUTE: Encoding = Encoding(0x00);
    /// DW_EH_PE_pcrel: counted from the field. In DW_EH_PE_indirect the word there is meant.
    const RELATIVE: u8 = 0x10;
    const INDIRECT: u8 = 0x80;

    /// Those of code in memory, which are eight or four bytes, absolute or relative.
    fn read_from(rest: &mut &[u8]) -> Option<Encoding> {
        let byte = byte(rest)?;
        let known = matches!(byte & 0x0F, 0x00 | 0x03 | 0x04 | 0x0B | 0x0C);
        (known && matches!(byte & 0xF0 & !Self::INDIRECT, 0 | Self::RELATIVE))
            .then_some(Encoding(byte))
    }

    /// Bytes of a field.
    pub(crate) fn size(self) -> usize {
        match self.0 & 0x07 {
            0x03 => 4,
            _ => 8,
        }
    }

    /// The same for a number, such as a length.
    pub(crate) fn plain(self) -> Encoding {
        Encoding(self.0 & 0x0F)
    }

    /// The value of the field that `bytes` begin with and that is at `place`.
    pub(crate) fn read(self, bytes: &[u8], place: usize) -> Option<usize> {
        let value = match self.0 & 0x0F {
            0x03 => u32::from_le_bytes(*bytes.first_chunk()?) as usize,
            0x0B => i32::from_le_bytes(*bytes.first_chunk()?) as usize,
            _ => u64::from_le_bytes(*bytes.first_chunk()?) as usize,
        };
        let is_relative = self.0 & 0x70 == Self::RELATIVE;
        Some(if is_relative { value.wrapping_add(place) } else { value })
    }
}

/// What of a CIE matters to the loader.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cie {
    /// How its FDEs write first address and length.
    pub(crate) addresses: Encoding,
    /// Where in the record the pointer to the personality routine is.
    pub(crate) personality: Option<u32>,
}

impl Cie {
    /// Reads a record, length word included. `None` if it is not of compilers' form, or has a field
    /// that leaves the record: the unwinder would read on.
    pub(crate) fn read(record: &[u8]) -> Option<Cie> {
        let mut cie = Cie { addresses: Encoding::ABSOLUTE, personality: None };
        let mut rest = record.get(8..)?;
        let version = byte(&mut rest)?;
        let end = rest.iter().position(|byte| *byte == 0)?;
        let augmentation = &rest[..end];
        rest = &rest[end + 1..];
        leb128(&mut rest)?; // code alignment
        leb128(&mut rest)?; // data alignment
        match version {
            1 => drop(byte(&mut rest)?), // return address register
            3 => drop(leb128(&mut rest)?),
            _ => return None,
        }
        let Some((b'z', letters)) = augmentation.split_first() else {
            return augmentation.is_empty().then_some(cie);
        };
        let length = leb128(&mut rest)?;
        // Behind it are instructions, which the unwinder finds by this length.
        let end = record.len() - rest.len() + length;
        rest = rest.get(..length)?;
        for letter in letters {
            match letter {
                b'S' | b'B' => {}
                b'R' => cie.addresses = Encoding::read_from(&mut rest).filter(|it| it.0 < 0x80)?,
                b'L' => drop(Encoding::read_from(&mut rest)?),
                b'P' => {
                    let size = Encoding::read_from(&mut rest)?.size();
                    cie.personality = Some((end - rest.len()) as u32);
                    rest = rest.get(size..)?;
                }
                _ => return None,
            }
        }
        Some(cie)
    }
}

fn byte(rest: &mut &[u8]) -> Option<u8> {
    let (first, more) = rest.split_first()?;
    *rest = more;
    Some(*first)
}

/// An unsigned number of at most 63 bits.
fn leb128(rest: &mut &[u8]) -> Option<usize> {
    let last = rest.iter().take(9).position(|byte| byte & 0x80 == 0)?;
    let (number, more) = rest.split_at(last + 1);
    *rest = more;
    Some(number.iter().rev().fold(0, |value, byte| value << 7 | usize::from(byte & 0x7F)))
}

#[cfg(test)]
mod tests;
