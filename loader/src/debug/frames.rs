//! Unwind records for GDB: the `.eh_frame` of linked code, rewritten as `.debug_frame`.
//!
//! The records in memory give addresses relative to themselves, and every unit's lie somewhere
//! else; an image has one section for all. So each record is written again with its absolute
//! address and without what only exceptions need. The instructions, which say how to unwind, stay
//! byte for byte: compilers put no addresses into them.

use gimli::{EndianSlice, LittleEndian, Reader as _};

use crate::unwind::CIE_POINTER;
use crate::unwind::cie::{Cie, Encoding};

/// In `.debug_frame` this number in place of a CIE pointer says that the record is a CIE.
const CIE: u32 = u32::MAX;
/// Where in an FDE its first address stands.
const FIRST_ADDRESS: usize = 8;

/// A CIE that was rewritten.
struct Known {
    /// Offset among the unit's records, and in the output.
    from: usize,
    to: u32,
    addresses: Encoding,
    has_augmentation: bool,
}

/// Appends the records of one unit's `.eh_frame`, which lies at `address`, to a `.debug_frame`.
/// Parse has checked them; what cannot be read all the same is left out.
pub(crate) fn append(output: &mut Vec<u8>, records: &[u8], address: usize) {
    let mut cies: Vec<Known> = Vec::new();
    let mut at = 0;
    while let Some(length) = word(records, at).filter(|length| *length != 0) {
        let end = at + 4 + length as usize;
        let Some(record) = records.get(at..end) else { return };
        let field = at + CIE_POINTER as usize;
        match word(records, field) {
            Some(0) => cies.extend(append_cie(output, record, at)),
            Some(distance) => {
                let cie =
                    cies.iter().find(|it| Some(it.from) == field.checked_sub(distance as usize));
                // Without its CIE a record says nothing.
                let _ = cie.and_then(|cie| append_fde(output, record, address + at, cie));
            }
            None => return,
        }
        at = end;
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn push(output: &mut Vec<u8>, body: &[u8]) {
    output.extend_from_slice(&(body.len() as u32).to_le_bytes());
    output.extend_from_slice(body);
}

fn append_cie(output: &mut Vec<u8>, record: &[u8], from: usize) -> Option<Known> {
    let addresses = Cie::read(record)?.addresses;
    let mut rest = EndianSlice::new(record.get(8..)?, LittleEndian);
    let version = rest.read_u8().ok()?;
    let augmentation = rest.read_null_terminated_slice().ok()?;
    let has_augmentation = !augmentation.is_empty();
    let numbers = rest.slice();
    rest.read_uleb128().ok()?; // code alignment
    rest.read_sleb128().ok()?; // data alignment
    match version {
        1 => drop(rest.read_u8().ok()?), // return address register
        _ => drop(rest.read_uleb128().ok()?),
    }
    let numbers = &numbers[..numbers.len() - rest.len()];
    let mut body = CIE.to_le_bytes().to_vec();
    body.extend_from_slice(&[version, 0]); // no augmentation
    body.extend_from_slice(numbers);
    body.extend_from_slice(instructions(rest, has_augmentation)?);
    let to = output.len() as u32;
    push(output, &body);
    Some(Known { from, to, addresses, has_augmentation })
}

fn append_fde(output: &mut Vec<u8>, record: &[u8], address: usize, cie: &Known) -> Option<()> {
    let size = cie.addresses.size();
    let first = cie.addresses.read(record.get(FIRST_ADDRESS..)?, address + FIRST_ADDRESS)?;
    let length = cie.addresses.plain().read(record.get(FIRST_ADDRESS + size..)?, 0)?;
    let rest = EndianSlice::new(record.get(FIRST_ADDRESS + 2 * size..)?, LittleEndian);
    let mut body = cie.to.to_le_bytes().to_vec();
    body.extend_from_slice(&(first as u64).to_le_bytes());
    body.extend_from_slice(&(length as u64).to_le_bytes());
    body.extend_from_slice(instructions(rest, cie.has_augmentation)?);
    push(output, &body);
    Some(())
}

/// What stands behind the augmentation's data, whose length comes first.
fn instructions(mut rest: EndianSlice<'_, LittleEndian>, has_augmentation: bool) -> Option<&[u8]> {
    if has_augmentation {
        let length = rest.read_uleb128().ok()?;
        rest.skip(usize::try_from(length).ok()?).ok()?;
    }
    Some(rest.slice())
}
