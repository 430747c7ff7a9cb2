//! The fields of aarch64: ELF for the Arm 64-bit Architecture, section 5.7.

use super::{ALL, Base, Field, Shape, Sort};

type Form = (usize, Sort, Base, Shape, u64);

const fn word(width: usize, base: Base, known: u64) -> Form {
    (width, Sort::Symbol, base, Shape::Signed, known)
}

const fn bits(low: u32, count: u32, shift: u32, signed: bool) -> Shape {
    Shape::Bits { low, count, shift, signed }
}

/// A branch: the distance in instructions.
const fn jump(low: u32, count: u32) -> Form {
    (4, Sort::Symbol, Base::Place, bits(low, count, 2, true), ALL)
}

/// The low twelve bits, in units of the access.
const fn low12(sort: Sort, shift: u32) -> Form {
    (4, sort, Base::None, bits(10, 12, shift, false), 0xFFF >> shift << shift)
}

/// The low twelve bits where the rest must be zero.
const fn high12(sort: Sort) -> Form {
    (4, sort, Base::None, bits(10, 12, 12, false), 0xFFF << 12)
}

const fn mov(sort: Sort, base: Base, shift: u32) -> Form {
    (4, sort, base, bits(5, 16, shift, false), 0xFFFF << shift)
}

const fn signed(sort: Sort, base: Base, shift: u32) -> Form {
    (4, sort, base, Shape::MovSigned { shift }, 0xFFFF << shift)
}

const fn adr(sort: Sort) -> Form {
    (4, sort, Base::Place, Shape::Adr { shift: 0 }, ALL)
}

const fn adrp(sort: Sort) -> Form {
    (4, sort, Base::Page, Shape::Adr { shift: 12 }, ALL)
}

/// A load relative to the instruction.
const fn near(sort: Sort) -> Form {
    (4, sort, Base::Place, bits(5, 19, 2, true), ALL)
}

/// A load of a GOT entry relative to the GOT or its page.
const fn from_got(base: Base) -> Form {
    (4, Sort::GotEntry, base, bits(10, 12, 3, false), 0x7FF8)
}

const NONE: Form = (0, Sort::Nothing, Base::None, Shape::Unsigned, 0);

pub(super) fn of(kind: u32) -> Option<Field> {
    let (name, (width, sort, base, shape, known)) = match kind {
        0 | 256 => ("NONE", NONE),
        257..=308 => data_and_code(kind)?,
        309..=315 => got(kind)?,
        _ => thread_local(kind)?,
    };
    let is_entry = kind != 315 && !matches!(sort, Sort::Symbol | Sort::Offset | Sort::Size);
    Some(Field { name, width, sort, base, shape, known, addend_in_entry: is_entry })
}

fn data_and_code(kind: u32) -> Option<(&'static str, Form)> {
    use Base::{None as Nowhere, Place};
    use Sort::Symbol;
    Some(match kind {
        257 => ("ABS64", word(8, Nowhere, ALL)),
        258 => ("ABS32", word(4, Nowhere, 0xFFFF_FFFF)),
        259 => ("ABS16", word(2, Nowhere, 0xFFFF)),
        260 => ("PREL64", word(8, Place, ALL)),
        261 => ("PREL32", word(4, Place, ALL)),
        262 => ("PREL16", word(2, Place, ALL)),
        263 => ("MOVW_UABS_G0", mov(Symbol, Nowhere, 0)),
        264 => ("MOVW_UABS_G0_NC", mov(Symbol, Nowhere, 0)),
        265 => ("MOVW_UABS_G1", mov(Symbol, Nowhere, 16)),
        266 => ("MOVW_UABS_G1_NC", mov(Symbol, Nowhere, 16)),
        267 => ("MOVW_UABS_G2", mov(Symbol, Nowhere, 32)),
        268 => ("MOVW_UABS_G2_NC", mov(Symbol, Nowhere, 32)),
        269 => ("MOVW_UABS_G3", mov(Symbol, Nowhere, 48)),
        270 => ("MOVW_SABS_G0", signed(Symbol, Nowhere, 0)),
        271 => ("MOVW_SABS_G1", signed(Symbol, Nowhere, 16)),
        272 => ("MOVW_SABS_G2", signed(Symbol, Nowhere, 32)),
        273 => ("LD_PREL_LO19", near(Symbol)),
        274 => ("ADR_PREL_LO21", adr(Symbol)),
        275 => ("ADR_PREL_PG_HI21", adrp(Symbol)),
        276 => ("ADR_PREL_PG_HI21_NC", adrp(Symbol)),
        277 => ("ADD_ABS_LO12_NC", low12(Symbol, 0)),
        278 => ("LDST8_ABS_LO12_NC", low12(Symbol, 0)),
        279 => ("TSTBR14", jump(5, 14)),
        280 => ("CONDBR19", jump(5, 19)),
        282 => ("JUMP26", jump(0, 26)),
        283 => ("CALL26", jump(0, 26)),
        284 => ("LDST16_ABS_LO12_NC", low12(Symbol, 1)),
        285 => ("LDST32_ABS_LO12_NC", low12(Symbol, 2)),
        286 => ("LDST64_ABS_LO12_NC", low12(Symbol, 3)),
        287 => ("MOVW_PREL_G0", signed(Symbol, Place, 0)),
        288 => ("MOVW_PREL_G0_NC", mov(Symbol, Place, 0)),
        289 => ("MOVW_PREL_G1", signed(Symbol, Place, 16)),
        290 => ("MOVW_PREL_G1_NC", mov(Symbol, Place, 16)),
        291 => ("MOVW_PREL_G2", signed(Symbol, Place, 32)),
        292 => ("MOVW_PREL_G2_NC", mov(Symbol, Place, 32)),
        293 => ("MOVW_PREL_G3", signed(Symbol, Place, 48)),
        299 => ("LDST128_ABS_LO12_NC", low12(Symbol, 4)),
        _ => return None,
    })
}

fn got(kind: u32) -> Option<(&'static str, Form)> {
    use Sort::GotEntry;
    Some(match kind {
        309 => ("GOT_LD_PREL19", near(GotEntry)),
        310 => ("LD64_GOTOFF_LO15", from_got(Base::Got)),
        311 => ("ADR_GOT_PAGE", adrp(GotEntry)),
        312 => ("LD64_GOT_LO12_NC", low12(GotEntry, 3)),
        313 => ("LD64_GOTPAGE_LO15", from_got(Base::GotPage)),
        314 => ("PLT32", word(4, Base::Place, ALL)),
        315 => ("GOTPCREL32", (4, GotEntry, Base::Place, Shape::Signed, ALL)),
        _ => return None,
    })
}

fn thread_local(kind: u32) -> Option<(&'static str, Form)> {
    use Base::None as Nowhere;
    use Sort::{BlockOffset, Descriptor, ModulePair, Offset, OffsetEntry, Pair};
    Some(match kind {
        517 => ("TLSLD_ADR_PREL21", adr(ModulePair)),
        518 => ("TLSLD_ADR_PAGE21", adrp(ModulePair)),
        519 => ("TLSLD_ADD_LO12_NC", low12(ModulePair, 0)),
        523 => ("TLSLD_MOVW_DTPREL_G2", signed(BlockOffset, Nowhere, 32)),
        524 => ("TLSLD_MOVW_DTPREL_G1", signed(BlockOffset, Nowhere, 16)),
        525 => ("TLSLD_MOVW_DTPREL_G1_NC", mov(BlockOffset, Nowhere, 16)),
        526 => ("TLSLD_MOVW_DTPREL_G0", signed(BlockOffset, Nowhere, 0)),
        527 => ("TLSLD_MOVW_DTPREL_G0_NC", mov(BlockOffset, Nowhere, 0)),
        528 => ("TLSLD_ADD_DTPREL_HI12", high12(BlockOffset)),
        529 => ("TLSLD_ADD_DTPREL_LO12", low12(BlockOffset, 0)),
        530 => ("TLSLD_ADD_DTPREL_LO12_NC", low12(BlockOffset, 0)),
        512 => ("TLSGD_ADR_PREL21", adr(Pair)),
        513 => ("TLSGD_ADR_PAGE21", adrp(Pair)),
        514 => ("TLSGD_ADD_LO12_NC", low12(Pair, 0)),
        541 => ("TLSIE_ADR_GOTTPREL_PAGE21", adrp(OffsetEntry)),
        542 => ("TLSIE_LD64_GOTTPREL_LO12_NC", low12(OffsetEntry, 3)),
        543 => ("TLSIE_LD_GOTTPREL_PREL19", near(OffsetEntry)),
        544 => ("TLSLE_MOVW_TPREL_G2", signed(Offset, Nowhere, 32)),
        545 => ("TLSLE_MOVW_TPREL_G1", signed(Offset, Nowhere, 16)),
        546 => ("TLSLE_MOVW_TPREL_G1_NC", mov(Offset, Nowhere, 16)),
        547 => ("TLSLE_MOVW_TPREL_G0", signed(Offset, Nowhere, 0)),
        548 => ("TLSLE_MOVW_TPREL_G0_NC", mov(Offset, Nowhere, 0)),
        549 => ("TLSLE_ADD_TPREL_HI12", high12(Offset)),
        550 => ("TLSLE_ADD_TPREL_LO12", low12(Offset, 0)),
        551 => ("TLSLE_ADD_TPREL_LO12_NC", low12(Offset, 0)),
        552 => ("TLSLE_LDST8_TPREL_LO12", low12(Offset, 0)),
        553 => ("TLSLE_LDST8_TPREL_LO12_NC", low12(Offset, 0)),
        554 => ("TLSLE_LDST16_TPREL_LO12", low12(Offset, 1)),
        555 => ("TLSLE_LDST16_TPREL_LO12_NC", low12(Offset, 1)),
        556 => ("TLSLE_LDST32_TPREL_LO12", low12(Offset, 2)),
        557 => ("TLSLE_LDST32_TPREL_LO12_NC", low12(Offset, 2)),
        558 => ("TLSLE_LDST64_TPREL_LO12", low12(Offset, 3)),
        559 => ("TLSLE_LDST64_TPREL_LO12_NC", low12(Offset, 3)),
        560 => ("TLSDESC_LD_PREL19", near(Descriptor)),
        561 => ("TLSDESC_ADR_PREL21", adr(Descriptor)),
        562 => ("TLSDESC_ADR_PAGE21", adrp(Descriptor)),
        563 => ("TLSDESC_LD64_LO12", low12(Descriptor, 3)),
        564 => ("TLSDESC_ADD_LO12", low12(Descriptor, 0)),
        569 => ("TLSDESC_CALL", NONE),
        _ => return None,
    })
}
