//! What a relocated field says, read back from the bytes: apart from the loader's formulas, and the
//! other way round. Letters as in the psABIs: `S`, `A`, `P`, `G`; `GOT` is the address that GOT-relative
//! fields count from.

mod aarch64;

use segue_loader::Machine;

/// What the field speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sort {
    /// Nothing: the relocation only marks a place.
    Nothing,
    Symbol,
    /// A GOT entry that holds the symbol's address.
    GotEntry,
    /// The GOT itself.
    GotBase,
    /// The symbol's size.
    Size,
    /// A GOT pair (module, offset) of a thread-local.
    Pair,
    /// A GOT pair (module, 0).
    ModulePair,
    /// The offset in the module's block.
    BlockOffset,
    /// A GOT entry that holds the offset from the thread pointer.
    OffsetEntry,
    /// The offset from the thread pointer.
    Offset,
    /// A GOT pair (function, argument) of a thread-local.
    Descriptor,
}

impl Sort {
    pub(crate) fn is_thread_local(self) -> bool {
        use Sort::{BlockOffset, Descriptor, ModulePair, Offset, OffsetEntry, Pair};
        matches!(self, Pair | ModulePair | BlockOffset | OffsetEntry | Offset | Descriptor)
    }
}

/// What the field counts from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Base {
    None,
    Place,
    /// Pages of both sides.
    Page,
    Got,
    /// The GOT's page.
    GotPage,
}

/// How the bits stand in the field.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Unsigned,
    Signed,
    /// `count` bits from bit `low`, times 2^`shift`.
    Bits {
        low: u32,
        count: u32,
        shift: u32,
        signed: bool,
    },
    /// `adr` and `adrp`: two low bits apart.
    Adr {
        shift: u32,
    },
    /// `movz` or `movn`, which holds the complement.
    MovSigned {
        shift: u32,
    },
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) width: usize,
    pub(crate) sort: Sort,
    pub(crate) base: Base,
    shape: Shape,
    /// Which bits of the value the field tells.
    known: u64,
    /// Whether the addend belongs to the symbol that the GOT entry is for.
    pub(crate) addend_in_entry: bool,
}

impl Field {
    /// The bits of the bytes, as a number, that belong to the field.
    pub(crate) fn bits(&self) -> u64 {
        match self.shape {
            Shape::Unsigned | Shape::Signed => u64::MAX >> (64 - 8 * self.width.clamp(1, 8)),
            Shape::Bits { low, count, .. } => ((1 << count) - 1) << low,
            Shape::Adr { .. } => 0x60FF_FFE0,
            Shape::MovSigned { .. } => 0x401F_FFE0,
        }
    }

    fn read(&self, word: u64) -> u64 {
        let extend = |value: u64, bits: u32| ((value << (64 - bits)) as i64 >> (64 - bits)) as u64;
        match self.shape {
            Shape::Unsigned => word,
            Shape::Signed => extend(word, 8 * self.width as u32),
            Shape::Bits { low, count, shift, signed } => {
                let value = word >> low & ((1 << count) - 1);
                (if signed { extend(value, count) } else { value }) << shift
            }
            Shape::Adr { shift } => {
                extend(word >> 29 & 3 | (word >> 5 & 0x7_FFFF) << 2, 21) << shift
            }
            Shape::MovSigned { shift } => {
                let value = word >> 5 & 0xFFFF;
                (if word & 0x4000_0000 == 0 { !value } else { value }) << shift
            }
        }
    }

    /// Whether the field at `place` that reads `word` speaks of `target`, the addend included.
    pub(crate) fn agrees(&self, word: u64, place: u64, got: u64, target: u64) -> bool {
        let page = |address: u64| address & !0xFFF;
        let value = match self.base {
            Base::None => target,
            Base::Place => target.wrapping_sub(place),
            Base::Page => page(target).wrapping_sub(page(place)),
            Base::Got => target.wrapping_sub(got),
            Base::GotPage => target.wrapping_sub(page(got)),
        };
        (value ^ self.read(word)) & self.known == 0
    }

    /// What the field speaks of, the addend included, where it tells all of it.
    pub(crate) fn target(&self, word: u64, place: u64, got: u64) -> Option<u64> {
        let value = self.read(word);
        let base = match self.base {
            Base::None => 0,
            Base::Place => place,
            Base::Got => got,
            Base::GotPage => got & !0xFFF,
            Base::Page => return None,
        };
        let all = self.known == u64::MAX || self.known == 0xFFFF_FFFF;
        all.then(|| value.wrapping_add(base))
    }
}

/// The field of a relocation; `None` for a kind that nobody knows here.
pub(crate) fn of(machine: Machine, kind: u32) -> Option<Field> {
    match machine {
        Machine::X86_64 => x86_64(kind),
        Machine::Aarch64 => aarch64::of(kind),
    }
}

const ALL: u64 = u64::MAX;

fn x86_64(kind: u32) -> Option<Field> {
    use Base::{Got, None as Nowhere, Place};
    use Shape::{Signed, Unsigned};
    use Sort::{
        BlockOffset, Descriptor, GotBase, GotEntry, ModulePair, Nothing, Offset, OffsetEntry, Pair,
        Size, Symbol,
    };
    let (name, width, sort, base, shape, known) = match kind {
        0 => ("NONE", 0, Nothing, Nowhere, Unsigned, 0),
        1 => ("64", 8, Symbol, Nowhere, Unsigned, ALL),
        2 => ("PC32", 4, Symbol, Place, Signed, ALL),
        3 => ("GOT32", 4, GotEntry, Got, Signed, ALL),
        4 => ("PLT32", 4, Symbol, Place, Signed, ALL),
        9 => ("GOTPCREL", 4, GotEntry, Place, Signed, ALL),
        10 => ("32", 4, Symbol, Nowhere, Unsigned, 0xFFFF_FFFF),
        11 => ("32S", 4, Symbol, Nowhere, Signed, ALL),
        12 => ("16", 2, Symbol, Nowhere, Unsigned, 0xFFFF),
        13 => ("PC16", 2, Symbol, Place, Signed, ALL),
        14 => ("8", 1, Symbol, Nowhere, Unsigned, 0xFF),
        15 => ("PC8", 1, Symbol, Place, Signed, ALL),
        17 => ("DTPOFF64", 8, BlockOffset, Nowhere, Unsigned, ALL),
        18 => ("TPOFF64", 8, Offset, Nowhere, Unsigned, ALL),
        19 => ("TLSGD", 4, Pair, Place, Signed, ALL),
        20 => ("TLSLD", 4, ModulePair, Place, Signed, ALL),
        21 => ("DTPOFF32", 4, BlockOffset, Nowhere, Signed, ALL),
        22 => ("GOTTPOFF", 4, OffsetEntry, Place, Signed, ALL),
        23 => ("TPOFF32", 4, Offset, Nowhere, Signed, ALL),
        24 => ("PC64", 8, Symbol, Place, Unsigned, ALL),
        25 => ("GOTOFF64", 8, Symbol, Got, Unsigned, ALL),
        26 => ("GOTPC32", 4, GotBase, Place, Signed, ALL),
        27 => ("GOT64", 8, GotEntry, Got, Unsigned, ALL),
        28 => ("GOTPCREL64", 8, GotEntry, Place, Unsigned, ALL),
        29 => ("GOTPC64", 8, GotBase, Place, Unsigned, ALL),
        30 => ("GOTPLT64", 8, GotEntry, Got, Unsigned, ALL),
        31 => ("PLTOFF64", 8, Symbol, Got, Unsigned, ALL),
        32 => ("SIZE32", 4, Size, Nowhere, Unsigned, 0xFFFF_FFFF),
        33 => ("SIZE64", 8, Size, Nowhere, Unsigned, ALL),
        34 => ("GOTPC32_TLSDESC", 4, Descriptor, Place, Signed, ALL),
        35 => ("TLSDESC_CALL", 0, Nothing, Nowhere, Unsigned, 0),
        41 => ("GOTPCRELX", 4, GotEntry, Place, Signed, ALL),
        42 => ("REX_GOTPCRELX", 4, GotEntry, Place, Signed, ALL),
        _ => return None,
    };
    Some(Field { name, width, sort, base, shape, known, addend_in_entry: false })
}
