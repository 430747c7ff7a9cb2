//! x86-64: every relocation kind with its formula and range, and the two stubs (phase: relocate).
//!
//! Letters as in the psABI: `S` symbol, `A` addend, `P` address of the field, `G` address of the
//! symbol's GOT entry. Instructions are never rewritten ("relaxed"): a relaxed call would bypass
//! the slot. Formulas: System V ABI, AMD64 supplement, table 4.10.

use object::elf;

use crate::error::{Error, ErrorKind};

/// What the field's value is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operand {
    /// `S`: the symbol's address.
    Symbol,
    /// `G`: a GOT entry that holds the symbol's address.
    GotEntry,
    /// A GOT pair (module, offset in its block) as `__tls_get_addr` takes it.
    TlsPair,
    /// A GOT pair (module, 0).
    TlsModule,
    /// A GOT entry that holds the offset from the thread pointer.
    TlsOffsetEntry,
    /// The offset in the module's block.
    TlsBlockOffset,
    /// The offset from the thread pointer.
    TlsOffset,
}

/// How the value is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// 64 bits: any value.
    Word64,
    /// 32 bits, zero-extended by the instruction.
    Unsigned32,
    /// 32 bits, sign-extended by the instruction.
    Signed32,
}

impl Field {
    pub(crate) fn width(self) -> usize {
        match self {
            Field::Word64 => 8,
            Field::Unsigned32 | Field::Signed32 => 4,
        }
    }
}

/// One relocation kind: `field <- operand + A`, minus `P` when `relative`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    pub(crate) operand: Operand,
    pub(crate) relative: bool,
    pub(crate) field: Field,
}

const fn kind(operand: Operand, relative: bool, field: Field) -> Option<Kind> {
    Some(Kind { operand, relative, field })
}

/// The kinds this loader applies; `None` for all others.
pub(crate) fn lookup(r_type: u32) -> Option<Kind> {
    use Field::{Signed32, Unsigned32, Word64};
    use Operand::{
        GotEntry, Symbol, TlsBlockOffset, TlsModule, TlsOffset, TlsOffsetEntry, TlsPair,
    };
    match elf::RelocationType(r_type) {
        // Field <- S + A : 64
        elf::R_X86_64_64 => kind(Symbol, false, Word64),
        // Field <- S + A - P : int64
        elf::R_X86_64_PC64 => kind(Symbol, true, Word64),
        // Field <- S + A : uint32. Out of range for anything in a window above 4 GiB: an error.
        elf::R_X86_64_32 => kind(Symbol, false, Unsigned32),
        // Field <- S + A : int32. As above.
        elf::R_X86_64_32S => kind(Symbol, false, Signed32),
        // Field <- S + A - P : int32. A PLT entry is our stub, chosen by the target alone.
        elf::R_X86_64_PC32 | elf::R_X86_64_PLT32 => kind(Symbol, true, Signed32),
        // Field <- G + A - P : int32. The X variants permit relaxation; we never relax.
        elf::R_X86_64_GOTPCREL | elf::R_X86_64_GOTPCRELX | elf::R_X86_64_REX_GOTPCRELX => {
            kind(GotEntry, true, Signed32)
        }
        // Field <- G(module, offset) + A - P : int32
        elf::R_X86_64_TLSGD => kind(TlsPair, true, Signed32),
        // Field <- G(module, 0) + A - P : int32
        elf::R_X86_64_TLSLD => kind(TlsModule, true, Signed32),
        // Field <- offset in the module's block + A
        elf::R_X86_64_DTPOFF32 => kind(TlsBlockOffset, false, Signed32),
        elf::R_X86_64_DTPOFF64 => kind(TlsBlockOffset, false, Word64),
        // Field <- G(offset from the thread pointer) + A - P : int32
        elf::R_X86_64_GOTTPOFF => kind(TlsOffsetEntry, true, Signed32),
        // Field <- offset from the thread pointer + A
        elf::R_X86_64_TPOFF32 => kind(TlsOffset, false, Signed32),
        elf::R_X86_64_TPOFF64 => kind(TlsOffset, false, Word64),
        _ => None,
    }
}

impl Kind {
    pub(crate) fn is_thread_local(self) -> bool {
        !matches!(self.operand, Operand::Symbol | Operand::GotEntry)
    }
}

/// `R_X86_64_NONE` does nothing, by definition.
pub(crate) fn is_none(r_type: u32) -> bool {
    elf::RelocationType(r_type) == elf::R_X86_64_NONE
}

/// The psABI's name of a kind, for messages.
pub(crate) fn name(r_type: u32) -> String {
    let names: &[(elf::RelocationType, &str)] = &[
        (elf::R_X86_64_NONE, "NONE"),
        (elf::R_X86_64_64, "64"),
        (elf::R_X86_64_PC32, "PC32"),
        (elf::R_X86_64_GOT32, "GOT32"),
        (elf::R_X86_64_PLT32, "PLT32"),
        (elf::R_X86_64_COPY, "COPY"),
        (elf::R_X86_64_GLOB_DAT, "GLOB_DAT"),
        (elf::R_X86_64_JUMP_SLOT, "JUMP_SLOT"),
        (elf::R_X86_64_RELATIVE, "RELATIVE"),
        (elf::R_X86_64_GOTPCREL, "GOTPCREL"),
        (elf::R_X86_64_32, "32"),
        (elf::R_X86_64_32S, "32S"),
        (elf::R_X86_64_16, "16"),
        (elf::R_X86_64_PC16, "PC16"),
        (elf::R_X86_64_8, "8"),
        (elf::R_X86_64_PC8, "PC8"),
        (elf::R_X86_64_DTPMOD64, "DTPMOD64"),
        (elf::R_X86_64_DTPOFF64, "DTPOFF64"),
        (elf::R_X86_64_TPOFF64, "TPOFF64"),
        (elf::R_X86_64_TLSGD, "TLSGD"),
        (elf::R_X86_64_TLSLD, "TLSLD"),
        (elf::R_X86_64_DTPOFF32, "DTPOFF32"),
        (elf::R_X86_64_GOTTPOFF, "GOTTPOFF"),
        (elf::R_X86_64_TPOFF32, "TPOFF32"),
        (elf::R_X86_64_PC64, "PC64"),
        (elf::R_X86_64_GOTOFF64, "GOTOFF64"),
        (elf::R_X86_64_GOTPC32, "GOTPC32"),
        (elf::R_X86_64_SIZE32, "SIZE32"),
        (elf::R_X86_64_SIZE64, "SIZE64"),
        (elf::R_X86_64_GOTPC32_TLSDESC, "GOTPC32_TLSDESC"),
        (elf::R_X86_64_TLSDESC_CALL, "TLSDESC_CALL"),
        (elf::R_X86_64_TLSDESC, "TLSDESC"),
        (elf::R_X86_64_IRELATIVE, "IRELATIVE"),
        (elf::R_X86_64_GOTPCRELX, "GOTPCRELX"),
        (elf::R_X86_64_REX_GOTPCRELX, "REX_GOTPCRELX"),
    ];
    match names.iter().find(|(kind, _)| kind.0 == r_type) {
        Some((_, name)) => format!("R_X86_64_{name}"),
        None => format!("relocation type {r_type}"),
    }
}

/// Whether the field at `offset` of `code` belongs to a call or jump, rather than to an
/// instruction that takes an address.
pub(crate) fn is_branch(code: &[u8], offset: usize, operand: Operand) -> bool {
    let before =
        |distance: usize| offset.checked_sub(distance).and_then(|at| code.get(at)).copied();
    match operand {
        // call *x(%rip) is FF /2, jmp *x(%rip) is FF /4.
        Operand::GotEntry => before(2) == Some(0xFF) && matches!(before(1), Some(0x15 | 0x25)),
        // call rel32 is E8, jmp rel32 E9, jcc rel32 0F 8x.
        Operand::Symbol => {
            matches!(before(1), Some(0xE8 | 0xE9))
                || (before(2) == Some(0x0F) && matches!(before(1), Some(0x80..=0x8F)))
        }
        _ => false,
    }
}

/// Stores `value + addend (- place)` into `bytes[offset..]`.
///
/// # Errors
/// `OutOfRange` when the field cannot hold the value; the caller names symbol and section.
pub(crate) fn apply(
    kind: Kind,
    bytes: &mut [u8],
    offset: usize,
    value: u64,
    addend: i64,
    place: u64,
) -> Result<(), Error> {
    let sum =
        i128::from(value) + i128::from(addend) - if kind.relative { i128::from(place) } else { 0 };
    // An offset from the thread pointer is negative and arrives as two's complement.
    let sum = if kind.is_thread_local() && !kind.relative { i128::from(sum as i64) } else { sum };
    let out_of_range = || {
        let why = format!("the value {sum:#x} does not fit the field ({:?})", kind.field);
        Error::new(ErrorKind::OutOfRange, why)
    };
    let width = kind.field.width();
    let field = offset
        .checked_add(width)
        .and_then(|end| bytes.get_mut(offset..end))
        .ok_or_else(|| Error::new(ErrorKind::Malformed, "the field reaches past its section"))?;
    match kind.field {
        Field::Word64 => field.copy_from_slice(&(sum as u64).to_le_bytes()),
        Field::Unsigned32 => {
            let value = u32::try_from(sum).map_err(|_| out_of_range())?;
            field.copy_from_slice(&value.to_le_bytes());
        }
        Field::Signed32 => {
            let value = i32::try_from(sum).map_err(|_| out_of_range())?;
            field.copy_from_slice(&value.to_le_bytes());
        }
    }
    Ok(())
}

/// Bytes of one stub, padding included.
pub(crate) const STUB: usize = 8;

/// `jmp *word(%rip)`, placed at `stub`; int3 behind it, so that running on traps.
pub(crate) fn stub(stub: usize, word: usize) -> Result<[u8; STUB], Error> {
    const JUMP: usize = 6;
    let distance = word as i128 - (stub + JUMP) as i128;
    let distance = i32::try_from(distance).map_err(|_| {
        Error::new(
            ErrorKind::OutOfRange,
            "a stub cannot reach its word: the windows are too far apart",
        )
    })?;
    let mut code = [0xFF, 0x25, 0, 0, 0, 0, 0xCC, 0xCC];
    code[2..JUMP].copy_from_slice(&distance.to_le_bytes());
    Ok(code)
}

#[cfg(test)]
mod tests;
