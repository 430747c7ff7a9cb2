//! Where a relocated value goes: bytes of a word or bits of an instruction, and which values fit
//! (phase: relocate).

use crate::error::{Error, ErrorKind};

/// A field: `bits <- value >> shift`, of a little-endian cell of `width` bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field {
    /// Bytes of the cell: 1, 2, 4 or 8.
    width: u8,
    bits: Bits,
    /// How many low bits of the value are not stored.
    shift: u8,
    /// How many low bits of the value count; 64 for all.
    low: u8,
    /// The value must be a multiple of `1 << align`.
    align: u8,
    range: Range,
}

/// Which bits of the cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bits {
    /// `count` bits from bit `at`.
    Run { at: u8, count: u8 },
    /// aarch64 `adr`, `adrp`: two bits from bit 29, then 19 from bit 5.
    Address,
    /// aarch64 `movz` or `movn`: 16 bits from bit 5; the instruction becomes `movn` of the inverse
    /// for a negative value and `movz` for others. `movk` stays what it is.
    Move,
}

/// Which values fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Range {
    /// All: the field takes some bits of the value, other fields take the rest.
    Any,
    /// `-2^(n-1) <= x < 2^(n-1)`
    Signed(u8),
    /// `0 <= x < 2^n`
    Unsigned(u8),
    /// `-2^(n-1) <= x < 2^n`
    Either(u8),
}

/// In `movz` and `movk` set, in `movn` clear.
const MOVE_ZERO: u64 = 1 << 30;
/// In `movk` set, in the others clear.
const MOVE_KEEP: u64 = 1 << 29;

impl Field {
    const fn word(bytes: u8, range: Range) -> Field {
        let bits = Bits::Run { at: 0, count: bytes * 8 };
        Field { width: bytes, bits, shift: 0, low: 64, align: 0, range }
    }

    /// 64 bits: any value.
    pub(crate) const WORD64: Field = Field::word(8, Range::Any);

    /// A word that its reader zero-extends.
    pub(crate) const fn unsigned(bytes: u8) -> Field {
        Field::word(bytes, Range::Unsigned(bytes * 8))
    }

    /// A word that its reader sign-extends.
    pub(crate) const fn signed(bytes: u8) -> Field {
        Field::word(bytes, Range::Signed(bytes * 8))
    }

    /// A word that its reader may extend either way.
    pub(crate) const fn either(bytes: u8) -> Field {
        Field::word(bytes, Range::Either(bytes * 8))
    }

    /// `count` bits from bit `at` of a 32-bit instruction: the value's bits from `shift` up,
    /// unchecked.
    pub(crate) const fn bits(at: u8, count: u8, shift: u8) -> Field {
        Field {
            width: 4,
            bits: Bits::Run { at, count },
            shift,
            low: 64,
            align: 0,
            range: Range::Any,
        }
    }

    /// The immediate of `adr` (`shift` 0) and `adrp` (12), unchecked.
    pub(crate) const fn address(shift: u8) -> Field {
        Field { width: 4, bits: Bits::Address, shift, low: 64, align: 0, range: Range::Any }
    }

    /// The immediate of `movz` or `movn`, which becomes the one that the value's sign needs: the 16
    /// bits from `shift` up; `-2^(n-1) <= value < 2^(n-1)`.
    pub(crate) const fn move_signed(shift: u8, n: u8) -> Field {
        Field { width: 4, bits: Bits::Move, shift, low: 64, align: 0, range: Range::Signed(n) }
    }

    /// This field, of the value's `n` low bits alone.
    pub(crate) const fn of_low(self, n: u8) -> Field {
        Field { low: n, ..self }
    }

    /// This field, for `-2^(n-1) <= value < 2^(n-1)`.
    pub(crate) const fn within_signed(self, n: u8) -> Field {
        Field { range: Range::Signed(n), ..self }
    }

    /// This field, for `0 <= value < 2^n`.
    pub(crate) const fn within_unsigned(self, n: u8) -> Field {
        Field { range: Range::Unsigned(n), ..self }
    }

    /// This field, for multiples of `1 << align`.
    pub(crate) const fn aligned(self, align: u8) -> Field {
        Field { align, ..self }
    }

    /// Bytes of the cell.
    pub(crate) fn width(self) -> usize {
        usize::from(self.width)
    }

    /// The cell's bits that depend on the value.
    fn mask(self) -> u64 {
        match self.bits {
            Bits::Run { at, count } => ones(count) << at,
            Bits::Address => ones(2) << 29 | ones(19) << 5,
            Bits::Move => MOVE_ZERO | ones(16) << 5,
        }
    }

    /// Clears in `bytes[offset..]` what depends on the value, as far as it is inside.
    pub(crate) fn clear(self, bytes: &mut [u8], offset: usize) {
        let cell = bytes.iter_mut().skip(offset).take(self.width());
        for (byte, mask) in cell.zip(self.mask().to_le_bytes()) {
            *byte &= !mask;
        }
    }

    /// Whether `value` fits.
    pub(crate) fn holds(self, value: i64) -> bool {
        let is_aligned = value as u64 & ones(self.align) == 0;
        let value = i128::from(value);
        is_aligned
            && match self.range {
                Range::Any => true,
                Range::Signed(n) => (-1i128 << (n - 1)..1 << (n - 1)).contains(&value),
                Range::Unsigned(n) => (0..1i128 << n).contains(&value),
                Range::Either(n) => (-1i128 << (n - 1)..1 << n).contains(&value),
            }
    }

    /// Stores `value`, which fits, into `bytes[offset..]`.
    ///
    /// # Errors
    /// `Malformed` when the field is not inside `bytes`.
    pub(crate) fn store(self, bytes: &mut [u8], offset: usize, value: i64) -> Result<(), Error> {
        let cell = offset
            .checked_add(self.width())
            .and_then(|end| bytes.get_mut(offset..end))
            .ok_or_else(|| {
                Error::new(ErrorKind::Malformed, "the field reaches past its section")
            })?;
        let counted = if self.low < 64 { value & ones(self.low) as i64 } else { value };
        let stored = (counted >> self.shift) as u64;
        let mut word = [0; 8];
        word[..cell.len()].copy_from_slice(cell);
        let word = u64::from_le_bytes(word);
        let set = match self.bits {
            Bits::Run { at, count } => (stored & ones(count)) << at,
            Bits::Address => (stored & 3) << 29 | (stored >> 2 & ones(19)) << 5,
            Bits::Move if value < 0 && word & MOVE_KEEP == 0 => (!stored & ones(16)) << 5,
            Bits::Move => MOVE_ZERO | (stored & ones(16)) << 5,
        };
        let word = word & !self.mask() | set;
        cell.copy_from_slice(&word.to_le_bytes()[..self.width()]);
        Ok(())
    }

    /// What fits, for messages.
    pub(crate) fn limits(self) -> String {
        let mut limits = match self.range {
            Range::Any => "the field holds any value".to_owned(),
            Range::Signed(n) => format!("the field reaches +-{}", amount(n - 1)),
            Range::Unsigned(n) => format!("the field holds 0 to {}", amount(n)),
            Range::Either(n) => format!("the field holds -{} to {}", amount(n - 1), amount(n)),
        };
        if self.align > 0 {
            limits += &format!(" in multiples of {}", 1u64 << self.align);
        }
        limits
    }
}

const fn ones(count: u8) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}

/// `2^n` as people say it.
fn amount(n: u8) -> String {
    const UNITS: [&str; 7] = ["", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB"];
    format!("{}{}", 1u64 << (n % 10), UNITS[usize::from(n / 10)])
}

#[cfg(test)]
mod tests;
