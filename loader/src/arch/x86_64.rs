//! x86-64: every relocation kind with its formula and range, and the stubs (phase: relocate).
//!
//! Formulas: System V ABI, AMD64 supplement, table "Relocation Types"; letters as in `arch.rs`.
//! Entries of the GOT hold `S`: the addend is a matter of the field.

use object::elf;

use super::field::Field;
use super::{Addend, Base, Kind, Operand, Rule, STUB};

const fn store(operand: Operand, base: Base, field: Field) -> Option<Rule> {
    Some(Rule::Store(Kind { operand, base, addend: Addend::Operand, field }))
}

/// The kinds of x86-64.
pub(super) fn rule(r_type: u32) -> Option<Rule> {
    use Base::{Got, Place, Zero};
    use Operand::{Call, GotEntry, Size, Symbol};
    const INT8: Field = Field::signed(1);
    const INT16: Field = Field::signed(2);
    const INT32: Field = Field::signed(4);
    const WORD64: Field = Field::WORD64;
    match elf::RelocationType(r_type) {
        elf::R_X86_64_NONE => Some(Rule::Mark),
        // Field <- S + A : 64
        elf::R_X86_64_64 => store(Symbol, Zero, WORD64),
        // Field <- S + A : uint32, int32. Out of range for anything in a window above 4 GiB.
        elf::R_X86_64_32 => store(Symbol, Zero, Field::unsigned(4)),
        elf::R_X86_64_32S => store(Symbol, Zero, INT32),
        // Field <- S + A : 16 or 8 bits of either sign. For numbers rather than addresses.
        elf::R_X86_64_16 => store(Symbol, Zero, Field::either(2)),
        elf::R_X86_64_8 => store(Symbol, Zero, Field::either(1)),
        // Field <- S + A - P : int64, int32, int16, int8
        elf::R_X86_64_PC64 => store(Symbol, Place, WORD64),
        elf::R_X86_64_PC32 => store(Symbol, Place, INT32),
        elf::R_X86_64_PC16 => store(Symbol, Place, INT16),
        elf::R_X86_64_PC8 => store(Symbol, Place, INT8),
        // Field <- L + A - P : int32. A PLT entry is our stub, chosen by the target alone.
        elf::R_X86_64_PLT32 => store(Call, Place, INT32),
        // Field <- L + A - GOT : int64
        elf::R_X86_64_PLTOFF64 => store(Call, Got, WORD64),
        // Field <- GOT + A - P : int32, int64
        elf::R_X86_64_GOTPC32 => store(Operand::GotBase, Place, INT32),
        elf::R_X86_64_GOTPC64 => store(Operand::GotBase, Place, WORD64),
        // Field <- S + A - GOT : int64
        elf::R_X86_64_GOTOFF64 => store(Symbol, Got, WORD64),
        // Field <- G + A - GOT : int32, int64. With GOTPLT64 the entry may be resolved lazily: ours
        // never are.
        elf::R_X86_64_GOT32 => store(GotEntry, Got, INT32),
        elf::R_X86_64_GOT64 | elf::R_X86_64_GOTPLT64 => store(GotEntry, Got, WORD64),
        // Field <- G + A - P : int32. The X variants permit relaxation (and tell the instruction's
        // length); we never relax.
        elf::R_X86_64_GOTPCREL
        | elf::R_X86_64_GOTPCRELX
        | elf::R_X86_64_REX_GOTPCRELX
        | elf::R_X86_64_CODE_4_GOTPCRELX
        | elf::R_X86_64_CODE_5_GOTPCRELX
        | elf::R_X86_64_CODE_6_GOTPCRELX => store(GotEntry, Place, INT32),
        // Field <- G + A - P : int64
        elf::R_X86_64_GOTPCREL64 => store(GotEntry, Place, WORD64),
        // Field <- Z + A : uint32, 64
        elf::R_X86_64_SIZE32 => store(Size, Zero, Field::unsigned(4)),
        elf::R_X86_64_SIZE64 => store(Size, Zero, WORD64),
        _ => thread_local(r_type),
    }
}

fn thread_local(r_type: u32) -> Option<Rule> {
    use Base::{Place, Zero};
    use Operand::{TlsBlockOffset, TlsDescriptor, TlsModule, TlsOffset, TlsOffsetEntry, TlsPair};
    const INT32: Field = Field::signed(4);
    const WORD64: Field = Field::WORD64;
    match elf::RelocationType(r_type) {
        // Field <- G(module, offset in its block) + A - P : int32
        elf::R_X86_64_TLSGD => store(TlsPair, Place, INT32),
        // Field <- G(module, 0) + A - P : int32
        elf::R_X86_64_TLSLD => store(TlsModule, Place, INT32),
        // Field <- offset in the module's block + A : int32, 64
        elf::R_X86_64_DTPOFF32 => store(TlsBlockOffset, Zero, INT32),
        elf::R_X86_64_DTPOFF64 => store(TlsBlockOffset, Zero, WORD64),
        // Field <- G(offset from the thread pointer) + A - P : int32
        elf::R_X86_64_GOTTPOFF
        | elf::R_X86_64_CODE_4_GOTTPOFF
        | elf::R_X86_64_CODE_5_GOTTPOFF
        | elf::R_X86_64_CODE_6_GOTTPOFF => store(TlsOffsetEntry, Place, INT32),
        // Field <- offset from the thread pointer + A : int32, 64
        elf::R_X86_64_TPOFF32 => store(TlsOffset, Zero, INT32),
        elf::R_X86_64_TPOFF64 => store(TlsOffset, Zero, WORD64),
        // Field <- G(function, argument) + A - P : int32
        elf::R_X86_64_GOTPC32_TLSDESC
        | elf::R_X86_64_CODE_4_GOTPC32_TLSDESC
        | elf::R_X86_64_CODE_5_GOTPC32_TLSDESC
        | elf::R_X86_64_CODE_6_GOTPC32_TLSDESC => store(TlsDescriptor, Place, INT32),
        // Marks the call through the descriptor.
        elf::R_X86_64_TLSDESC_CALL => Some(Rule::Mark),
        _ => None,
    }
}

/// Whether the field at `offset` of `code` is that of a call or jump.
pub(super) fn is_branch(r_type: u32, code: &[u8], offset: usize) -> bool {
    let before =
        |distance: usize| offset.checked_sub(distance).and_then(|at| code.get(at)).copied();
    let Some(Rule::Store(kind)) = rule(r_type) else { return false };
    if kind.base != Base::Place {
        return false;
    }
    match (kind.operand, kind.field.width()) {
        // call *x(%rip) is FF /2, jmp *x(%rip) is FF /4.
        (Operand::GotEntry, 4) => before(2) == Some(0xFF) && matches!(before(1), Some(0x15 | 0x25)),
        // jmp rel8 is EB, jcc rel8 7x, loops and jrcxz E0 to E3.
        (Operand::Symbol, 1) => matches!(before(1), Some(0xEB | 0x70..=0x7F | 0xE0..=0xE3)),
        // call rel32 is E8, jmp rel32 E9, jcc rel32 0F 8x.
        (Operand::Symbol | Operand::Call, 2 | 4) => {
            matches!(before(1), Some(0xE8 | 0xE9))
                || (before(2) == Some(0x0F) && matches!(before(1), Some(0x80..=0x8F)))
        }
        _ => false,
    }
}

/// `endbr64; jmp *word(%rip)`; int3 behind it, so that running on traps.
pub(super) fn stub(stub: u64, word: u64) -> Option<[u8; STUB]> {
    const JUMP: usize = 10;
    let distance = i32::try_from(word.wrapping_sub(stub + JUMP as u64) as i64).ok()?;
    let mut code = [0xCC; STUB];
    code[..6].copy_from_slice(&[0xF3, 0x0F, 0x1E, 0xFA, 0xFF, 0x25]);
    code[6..JUMP].copy_from_slice(&distance.to_le_bytes());
    Some(code)
}

/// `endbr64; mov 8(%rax), %rax; ret`: called with the descriptor's address in rax.
pub(super) const TLS_DESCRIPTOR_FUNCTION: [u8; STUB] = [
    0xF3, 0x0F, 0x1E, 0xFA, 0x48, 0x8B, 0x40, 0x08, 0xC3, 0xCC, 0xCC, 0xCC, 0xCC, 0xCC, 0xCC, 0xCC,
];

/// Fills what must not be run.
pub(crate) const TRAP: u8 = 0xCC;
/// Bytes in front of a function's body that its entry check takes, rounded up.
pub(crate) const CHECK: usize = 32;
/// How far before the body a checked function is entered.
pub(crate) const CHECK_ENTRY: usize = 18;
/// How far before the body the check begins: the call that is made when it fails.
pub(super) const CHECK_CODE: usize = CHECK_ENTRY + 8;

/// See [`check`](super::check).
///
/// ```text
///        call *word(%rip)
///        jmp  body
/// entry: endbr64
///        cmpl $known, %fs:watermark
///        jb   entry - 8
/// body:
/// ```
pub(super) fn check(
    body: usize,
    word: usize,
    watermark: u64,
    known: u32,
) -> Option<[u8; CHECK_CODE]> {
    const CALL: usize = 6;
    let distance = word as i128 - (body - CHECK_CODE + CALL) as i128;
    let distance = i32::try_from(distance).ok()?;
    let watermark = i32::try_from(watermark as i64).ok()?;
    let mut code = [0; CHECK_CODE];
    code[..2].copy_from_slice(&[0xFF, 0x15]);
    code[2..6].copy_from_slice(&distance.to_le_bytes());
    code[6..8].copy_from_slice(&[0xEB, CHECK_ENTRY as u8]);
    code[8..12].copy_from_slice(&[0xF3, 0x0F, 0x1E, 0xFA]);
    code[12..16].copy_from_slice(&[0x64, 0x81, 0x3C, 0x25]);
    code[16..20].copy_from_slice(&watermark.to_le_bytes());
    code[20..24].copy_from_slice(&known.to_le_bytes());
    code[24..26].copy_from_slice(&[0x72, (CHECK_CODE as u8).wrapping_neg()]);
    Some(code)
}

#[cfg(test)]
mod tests;
