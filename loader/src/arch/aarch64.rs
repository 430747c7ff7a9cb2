//! aarch64: every relocation kind with its formula and range, and the stubs (phase: relocate).
//!
//! Formulas: "ELF for the Arm 64-bit Architecture", static relocations; letters as in `arch.rs`.
//! `G(S + A)` is a GOT entry for `S + A`: here the addend is inside the entry. `_NC` kinds take some
//! bits of the value and check nothing, since another instruction takes the others. A scaled load
//! or store can only reach multiples of its size: others are out of range.

use object::elf;

use super::field::Field;
use super::{Addend, Base, Kind, Operand, Rule, STUB};

const fn store(operand: Operand, base: Base, field: Field) -> Option<Rule> {
    let addend = match operand {
        Operand::GotEntry
        | Operand::TlsPair
        | Operand::TlsModule
        | Operand::TlsOffsetEntry
        | Operand::TlsDescriptor => Addend::Entry,
        _ => Addend::Operand,
    };
    Some(Rule::Store(Kind { operand, base, addend, field }))
}

/// `b`, `bl`: 26 bits of words, +-128 MiB.
const BRANCH26: Field = Field::bits(0, 26, 2).within_signed(28).aligned(2);
/// `ldr` of a literal, `b.cond`, `cbz`: 19 bits of words, +-1 MiB.
const WORDS19: Field = Field::bits(5, 19, 2).within_signed(21).aligned(2);
/// `tbz`: 14 bits of words, +-32 KiB.
const WORDS14: Field = Field::bits(5, 14, 2).within_signed(16).aligned(2);
/// `adr`: +-1 MiB.
const ADR: Field = Field::address(0).within_signed(21);
/// `adrp`: pages, +-4 GiB.
const ADRP: Field = Field::address(12).within_signed(33);
/// `add`, `ldrb`, `strb`: the low 12 bits.
const LOW12: Field = low12(0);
/// `ldr` of a 64-bit GOT entry: the low 12 bits, a multiple of 8.
const ENTRY12: Field = low12(3);
/// `ldr` of a 64-bit GOT entry in the first 32 KiB.
const ENTRY15: Field = Field::bits(10, 12, 3).within_unsigned(15).aligned(3);

/// A load or store of `1 << scale` bytes: the low 12 bits, a multiple of the size.
const fn low12(scale: u8) -> Field {
    Field::bits(10, 12, scale).of_low(12).aligned(scale)
}

/// As [`low12`], where the value has no more bits than these.
const fn all12(scale: u8) -> Field {
    Field::bits(10, 12, scale).within_unsigned(12).aligned(scale)
}

/// `movz`, `movk`: the `n`th 16 bits.
const fn group(n: u8) -> Field {
    Field::bits(5, 16, 16 * n)
}

/// The `n`th 16 bits, where the value has none above.
const fn last_group(n: u8) -> Field {
    group(n).within_unsigned(16 * (n + 1))
}

/// `movz` or `movn`, by the sign: the `n`th 16 bits, where those above are the sign.
const fn signed_group(n: u8) -> Field {
    Field::move_signed(16 * n, 16 * (n + 1) + 1)
}

/// The kinds of aarch64.
pub(super) fn rule(r_type: u32) -> Option<Rule> {
    use Base::{Place, Zero};
    use Operand::{Call, GotEntry, Symbol};
    match elf::RelocationType(r_type) {
        elf::R_AARCH64_NONE => Some(Rule::Mark),
        // Field <- S + A : 64, 32 or 16 bits of either sign
        elf::R_AARCH64_ABS64 => store(Symbol, Zero, Field::WORD64),
        elf::R_AARCH64_ABS32 => store(Symbol, Zero, Field::either(4)),
        elf::R_AARCH64_ABS16 => store(Symbol, Zero, Field::either(2)),
        // Field <- S + A - P : int64, int32, int16. The ABI lets 32 and 16 bits hold unsigned
        // values as well, which a reader that sign-extends would misread: refused.
        elf::R_AARCH64_PREL64 => store(Symbol, Place, Field::WORD64),
        elf::R_AARCH64_PREL32 => store(Symbol, Place, Field::signed(4)),
        elf::R_AARCH64_PREL16 => store(Symbol, Place, Field::signed(2)),
        // Field <- L + A - P : int32
        elf::R_AARCH64_PLT32 => store(Call, Place, Field::signed(4)),
        // Field <- G(S) + A - P : int32. The one kind of entry with the addend outside: this is data.
        elf::R_AARCH64_GOTPCREL32 => Some(Rule::Store(Kind {
            operand: GotEntry,
            base: Place,
            addend: Addend::Operand,
            field: Field::signed(4),
        })),
        // Field <- L + A - P : int28. Farther targets get a stub.
        elf::R_AARCH64_CALL26 | elf::R_AARCH64_JUMP26 => store(Call, Place, BRANCH26),
        // Field <- S + A - P : int21, int16
        elf::R_AARCH64_CONDBR19 | elf::R_AARCH64_LD_PREL_LO19 => store(Symbol, Place, WORDS19),
        elf::R_AARCH64_TSTBR14 => store(Symbol, Place, WORDS14),
        elf::R_AARCH64_ADR_PREL_LO21 => store(Symbol, Place, ADR),
        _ => pages(r_type).or_else(|| groups(r_type)).or_else(|| thread_local(r_type)),
    }
}

/// Addresses in two halves: a page, and the low 12 bits.
fn pages(r_type: u32) -> Option<Rule> {
    use Base::{Got, GotPage, Place, PlacePage, Zero};
    use Operand::{GotEntry, Symbol};
    match elf::RelocationType(r_type) {
        // Field <- Page(S + A) - Page(P) : int33
        elf::R_AARCH64_ADR_PREL_PG_HI21 => store(Symbol, PlacePage, ADRP),
        elf::R_AARCH64_ADR_PREL_PG_HI21_NC => store(Symbol, PlacePage, Field::address(12)),
        // Field <- S + A : low 12
        elf::R_AARCH64_ADD_ABS_LO12_NC => store(Symbol, Zero, LOW12),
        elf::R_AARCH64_LDST8_ABS_LO12_NC => store(Symbol, Zero, LOW12),
        elf::R_AARCH64_LDST16_ABS_LO12_NC => store(Symbol, Zero, low12(1)),
        elf::R_AARCH64_LDST32_ABS_LO12_NC => store(Symbol, Zero, low12(2)),
        elf::R_AARCH64_LDST64_ABS_LO12_NC => store(Symbol, Zero, low12(3)),
        elf::R_AARCH64_LDST128_ABS_LO12_NC => store(Symbol, Zero, low12(4)),
        // Field <- Page(G(S + A)) - Page(P) : int33
        elf::R_AARCH64_ADR_GOT_PAGE => store(GotEntry, PlacePage, ADRP),
        // Field <- G(S + A) : low 12
        elf::R_AARCH64_LD64_GOT_LO12_NC => store(GotEntry, Zero, ENTRY12),
        // Field <- G(S + A) - GOT : uint15. Such entries are made in the GOT's first 32 KiB.
        elf::R_AARCH64_LD64_GOTOFF_LO15 => store(GotEntry, Got, ENTRY15),
        // Field <- G(S + A) - Page(GOT) : uint15
        elf::R_AARCH64_LD64_GOTPAGE_LO15 => store(GotEntry, GotPage, ENTRY15),
        // Field <- G(S + A) - P : int21
        elf::R_AARCH64_GOT_LD_PREL19 => store(GotEntry, Place, WORDS19),
        // Field <- S + A - GOT : 64, int32
        elf::R_AARCH64_GOTREL64 => store(Symbol, Got, Field::WORD64),
        elf::R_AARCH64_GOTREL32 => store(Symbol, Got, Field::signed(4)),
        _ => None,
    }
}

/// Values in groups of 16 bits. `G0` is checked to need no more than one group, `G1` two.
fn groups(r_type: u32) -> Option<Rule> {
    use Base::{Got, Place, Zero};
    use Operand::{GotEntry, Symbol};
    match elf::RelocationType(r_type) {
        // Field <- S + A : uint16, uint32, uint48, 64
        elf::R_AARCH64_MOVW_UABS_G0 => store(Symbol, Zero, last_group(0)),
        elf::R_AARCH64_MOVW_UABS_G1 => store(Symbol, Zero, last_group(1)),
        elf::R_AARCH64_MOVW_UABS_G2 => store(Symbol, Zero, last_group(2)),
        elf::R_AARCH64_MOVW_UABS_G0_NC => store(Symbol, Zero, group(0)),
        elf::R_AARCH64_MOVW_UABS_G1_NC => store(Symbol, Zero, group(1)),
        elf::R_AARCH64_MOVW_UABS_G2_NC => store(Symbol, Zero, group(2)),
        elf::R_AARCH64_MOVW_UABS_G3 => store(Symbol, Zero, group(3)),
        // Field <- S + A : int17, int33, int49
        elf::R_AARCH64_MOVW_SABS_G0 => store(Symbol, Zero, signed_group(0)),
        elf::R_AARCH64_MOVW_SABS_G1 => store(Symbol, Zero, signed_group(1)),
        elf::R_AARCH64_MOVW_SABS_G2 => store(Symbol, Zero, signed_group(2)),
        // Field <- S + A - P : int17, int33, int49, 64
        elf::R_AARCH64_MOVW_PREL_G0 => store(Symbol, Place, signed_group(0)),
        elf::R_AARCH64_MOVW_PREL_G1 => store(Symbol, Place, signed_group(1)),
        elf::R_AARCH64_MOVW_PREL_G2 => store(Symbol, Place, signed_group(2)),
        elf::R_AARCH64_MOVW_PREL_G0_NC => store(Symbol, Place, group(0)),
        elf::R_AARCH64_MOVW_PREL_G1_NC => store(Symbol, Place, group(1)),
        elf::R_AARCH64_MOVW_PREL_G2_NC => store(Symbol, Place, group(2)),
        elf::R_AARCH64_MOVW_PREL_G3 => store(Symbol, Place, signed_group(3)),
        // Field <- G(S + A) - GOT : int17, int33, int49, 64
        elf::R_AARCH64_MOVW_GOTOFF_G0 => store(GotEntry, Got, signed_group(0)),
        elf::R_AARCH64_MOVW_GOTOFF_G1 => store(GotEntry, Got, signed_group(1)),
        elf::R_AARCH64_MOVW_GOTOFF_G2 => store(GotEntry, Got, signed_group(2)),
        elf::R_AARCH64_MOVW_GOTOFF_G0_NC => store(GotEntry, Got, group(0)),
        elf::R_AARCH64_MOVW_GOTOFF_G1_NC => store(GotEntry, Got, group(1)),
        elf::R_AARCH64_MOVW_GOTOFF_G2_NC => store(GotEntry, Got, group(2)),
        elf::R_AARCH64_MOVW_GOTOFF_G3 => store(GotEntry, Got, signed_group(3)),
        _ => None,
    }
}

fn thread_local(r_type: u32) -> Option<Rule> {
    use Base::{Got, Place, PlacePage, Zero};
    use Operand::{TlsDescriptor, TlsModule, TlsOffsetEntry, TlsPair};
    match elf::RelocationType(r_type) {
        // General dynamic. Field <- G(module, offset of S + A), as the GOT's kinds above.
        elf::R_AARCH64_TLSGD_ADR_PREL21 => store(TlsPair, Place, ADR),
        elf::R_AARCH64_TLSGD_ADR_PAGE21 => store(TlsPair, PlacePage, ADRP),
        elf::R_AARCH64_TLSGD_ADD_LO12_NC => store(TlsPair, Zero, LOW12),
        elf::R_AARCH64_TLSGD_MOVW_G1 => store(TlsPair, Got, signed_group(1)),
        elf::R_AARCH64_TLSGD_MOVW_G0_NC => store(TlsPair, Got, group(0)),
        // Local dynamic. Field <- G(module, 0)
        elf::R_AARCH64_TLSLD_ADR_PREL21 => store(TlsModule, Place, ADR),
        elf::R_AARCH64_TLSLD_ADR_PAGE21 => store(TlsModule, PlacePage, ADRP),
        elf::R_AARCH64_TLSLD_ADD_LO12_NC => store(TlsModule, Zero, LOW12),
        elf::R_AARCH64_TLSLD_MOVW_G1 => store(TlsModule, Got, signed_group(1)),
        elf::R_AARCH64_TLSLD_MOVW_G0_NC => store(TlsModule, Got, group(0)),
        elf::R_AARCH64_TLSLD_LD_PREL19 => store(TlsModule, Place, WORDS19),
        // Initial exec. Field <- G(offset of S + A from the thread pointer)
        elf::R_AARCH64_TLSIE_MOVW_GOTTPREL_G1 => store(TlsOffsetEntry, Got, signed_group(1)),
        elf::R_AARCH64_TLSIE_MOVW_GOTTPREL_G0_NC => store(TlsOffsetEntry, Got, group(0)),
        elf::R_AARCH64_TLSIE_ADR_GOTTPREL_PAGE21 => store(TlsOffsetEntry, PlacePage, ADRP),
        elf::R_AARCH64_TLSIE_LD64_GOTTPREL_LO12_NC => store(TlsOffsetEntry, Zero, ENTRY12),
        elf::R_AARCH64_TLSIE_LD_GOTTPREL_PREL19 => store(TlsOffsetEntry, Place, WORDS19),
        // Descriptors. Field <- G(function, argument for S + A)
        elf::R_AARCH64_TLSDESC_LD_PREL19 => store(TlsDescriptor, Place, WORDS19),
        elf::R_AARCH64_TLSDESC_ADR_PREL21 => store(TlsDescriptor, Place, ADR),
        elf::R_AARCH64_TLSDESC_ADR_PAGE21 => store(TlsDescriptor, PlacePage, ADRP),
        elf::R_AARCH64_TLSDESC_LD64_LO12 => store(TlsDescriptor, Zero, ENTRY12),
        elf::R_AARCH64_TLSDESC_ADD_LO12 => store(TlsDescriptor, Zero, LOW12),
        elf::R_AARCH64_TLSDESC_OFF_G1 => store(TlsDescriptor, Got, signed_group(1)),
        elf::R_AARCH64_TLSDESC_OFF_G0_NC => store(TlsDescriptor, Got, group(0)),
        elf::R_AARCH64_TLSDESC_LDR | elf::R_AARCH64_TLSDESC_ADD | elf::R_AARCH64_TLSDESC_CALL => {
            Some(Rule::Mark)
        }
        _ => thread_offset(r_type),
    }
}

/// Field <- offset of S + A in the module's block (`DTPREL`), from the thread pointer (`TPREL`).
fn thread_offset(r_type: u32) -> Option<Rule> {
    use Operand::{TlsBlockOffset, TlsOffset};
    let of_block = |field| store(TlsBlockOffset, Base::Zero, field);
    let of_thread = |field| store(TlsOffset, Base::Zero, field);
    // The upper 12 of 24 bits.
    const HIGH12: Field = Field::bits(10, 12, 12).within_unsigned(24);
    match elf::RelocationType(r_type) {
        elf::R_AARCH64_TLSLD_MOVW_DTPREL_G2 => of_block(signed_group(2)),
        elf::R_AARCH64_TLSLD_MOVW_DTPREL_G1 => of_block(signed_group(1)),
        elf::R_AARCH64_TLSLD_MOVW_DTPREL_G1_NC => of_block(group(1)),
        elf::R_AARCH64_TLSLD_MOVW_DTPREL_G0 => of_block(signed_group(0)),
        elf::R_AARCH64_TLSLD_MOVW_DTPREL_G0_NC => of_block(group(0)),
        elf::R_AARCH64_TLSLD_ADD_DTPREL_HI12 => of_block(HIGH12),
        elf::R_AARCH64_TLSLD_ADD_DTPREL_LO12 => of_block(all12(0)),
        elf::R_AARCH64_TLSLD_ADD_DTPREL_LO12_NC => of_block(LOW12),
        elf::R_AARCH64_TLSLD_LDST8_DTPREL_LO12 => of_block(all12(0)),
        elf::R_AARCH64_TLSLD_LDST8_DTPREL_LO12_NC => of_block(LOW12),
        elf::R_AARCH64_TLSLD_LDST16_DTPREL_LO12 => of_block(all12(1)),
        elf::R_AARCH64_TLSLD_LDST16_DTPREL_LO12_NC => of_block(low12(1)),
        elf::R_AARCH64_TLSLD_LDST32_DTPREL_LO12 => of_block(all12(2)),
        elf::R_AARCH64_TLSLD_LDST32_DTPREL_LO12_NC => of_block(low12(2)),
        elf::R_AARCH64_TLSLD_LDST64_DTPREL_LO12 => of_block(all12(3)),
        elf::R_AARCH64_TLSLD_LDST64_DTPREL_LO12_NC => of_block(low12(3)),
        elf::R_AARCH64_TLSLD_LDST128_DTPREL_LO12 => of_block(all12(4)),
        elf::R_AARCH64_TLSLD_LDST128_DTPREL_LO12_NC => of_block(low12(4)),
        elf::R_AARCH64_TLSLE_MOVW_TPREL_G2 => of_thread(signed_group(2)),
        elf::R_AARCH64_TLSLE_MOVW_TPREL_G1 => of_thread(signed_group(1)),
        elf::R_AARCH64_TLSLE_MOVW_TPREL_G1_NC => of_thread(group(1)),
        elf::R_AARCH64_TLSLE_MOVW_TPREL_G0 => of_thread(signed_group(0)),
        elf::R_AARCH64_TLSLE_MOVW_TPREL_G0_NC => of_thread(group(0)),
        elf::R_AARCH64_TLSLE_ADD_TPREL_HI12 => of_thread(HIGH12),
        elf::R_AARCH64_TLSLE_ADD_TPREL_LO12 => of_thread(all12(0)),
        elf::R_AARCH64_TLSLE_ADD_TPREL_LO12_NC => of_thread(LOW12),
        elf::R_AARCH64_TLSLE_LDST8_TPREL_LO12 => of_thread(all12(0)),
        elf::R_AARCH64_TLSLE_LDST8_TPREL_LO12_NC => of_thread(LOW12),
        elf::R_AARCH64_TLSLE_LDST16_TPREL_LO12 => of_thread(all12(1)),
        elf::R_AARCH64_TLSLE_LDST16_TPREL_LO12_NC => of_thread(low12(1)),
        elf::R_AARCH64_TLSLE_LDST32_TPREL_LO12 => of_thread(all12(2)),
        elf::R_AARCH64_TLSLE_LDST32_TPREL_LO12_NC => of_thread(low12(2)),
        elf::R_AARCH64_TLSLE_LDST64_TPREL_LO12 => of_thread(all12(3)),
        elf::R_AARCH64_TLSLE_LDST64_TPREL_LO12_NC => of_thread(low12(3)),
        elf::R_AARCH64_TLSLE_LDST128_TPREL_LO12 => of_thread(all12(4)),
        elf::R_AARCH64_TLSLE_LDST128_TPREL_LO12_NC => of_thread(low12(4)),
        _ => None,
    }
}

/// Whether the kind is that of branches.
pub(super) fn is_branch(r_type: u32) -> bool {
    matches!(
        elf::RelocationType(r_type),
        elf::R_AARCH64_CALL26
            | elf::R_AARCH64_JUMP26
            | elf::R_AARCH64_CONDBR19
            | elf::R_AARCH64_TSTBR14
    )
}

/// `bti c; adrp x16, word; ldr x16, [x16, low 12 of word]; br x16`. The ABI leaves x16 to stubs.
pub(super) fn stub(stub: u64, word: u64) -> Option<[u8; STUB]> {
    const CODE: [u32; 4] = [0xD503_245F, 0x9000_0010, 0xF940_0210, 0xD61F_0200];
    let pages = (word & !0xFFF).wrapping_sub((stub + 4) & !0xFFF) as i64;
    let low = word as i64;
    if !ADRP.holds(pages) || !ENTRY12.holds(low) {
        return None;
    }
    let mut code = bytes(CODE);
    ADRP.store(&mut code, 4, pages).ok()?;
    ENTRY12.store(&mut code, 8, low).ok()?;
    Some(code)
}

/// `bti c; ldr x0, [x0, #8]; ret`: called with the descriptor's address in x0.
pub(super) const TLS_DESCRIPTOR_FUNCTION: [u8; STUB] =
    bytes([0xD503_245F, 0xF940_0400, 0xD65F_03C0, 0]);

const fn bytes(words: [u32; 4]) -> [u8; STUB] {
    let mut bytes = [0; STUB];
    let mut at = 0;
    while at < STUB {
        bytes[at] = words[at / 4].to_le_bytes()[at % 4];
        at += 1;
    }
    bytes
}

#[cfg(test)]
mod tests;
