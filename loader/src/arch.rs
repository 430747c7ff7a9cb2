//! What depends on the processor: relocation kinds, their formulas, stubs (phase: relocate).
//!
//! A relocation kind is data: an [`Operand`], the [`Base`] it is taken relative to, and the
//! [`Field`] that receives the value. `x86_64` and `aarch64` are tables of these; no
//! other file knows relocation numbers or instructions. Letters as in the psABIs: `S` symbol, `A`
//! addend, `P` address of the field, `G` address of the symbol's GOT entry, `GOT` base of the GOT,
//! `Z` size of the symbol, `Page(x)` `x` with its low 12 bits cleared. Instructions are never
//! rewritten ("relaxed"): a relaxed call would bypass the slot.

mod aarch64;
mod field;
mod x86_64;

use object::elf;

use crate::error::{Error, ErrorKind};
use field::Field;
// Code is entered through checks in this process only, so they are this processor's.
pub(crate) use x86_64::{CHECK, CHECK_ENTRY, TRAP};

/// A processor that objects are compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Machine {
    /// AMD64, also called x64.
    X86_64,
    /// Arm's 64-bit instruction set, also called arm64, little-endian.
    Aarch64,
}

impl Machine {
    /// The processor this process runs on.
    pub const HERE: Machine = Machine::X86_64;

    /// The machine that an ELF header's `e_machine` stands for, where it is one of ours.
    pub(crate) fn of_elf(machine: elf::Machine) -> Option<Machine> {
        match machine {
            elf::EM_X86_64 => Some(Machine::X86_64),
            elf::EM_AARCH64 => Some(Machine::Aarch64),
            _ => None,
        }
    }

    /// What an ELF header calls it.
    pub(crate) fn to_elf(self) -> elf::Machine {
        match self {
            Machine::X86_64 => elf::EM_X86_64,
            Machine::Aarch64 => elf::EM_AARCH64,
        }
    }

    /// The name that people use.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Machine::X86_64 => "x86-64",
            Machine::Aarch64 => "aarch64",
        }
    }

    /// Whether a symbol only marks where code or data begins: assemblers for aarch64 put `$x` and
    /// `$d` everywhere, before the names of things.
    pub(crate) fn is_mapping_symbol(self, name: &str) -> bool {
        let mark =
            |mark| name.strip_prefix(mark).is_some_and(|it| it.is_empty() || it.starts_with('.'));
        self == Machine::Aarch64 && (mark("$x") || mark("$d"))
    }
}

/// What a field's value is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operand {
    /// `S`: the symbol's address.
    Symbol,
    /// `L`: the symbol's address or that of a stub that jumps there.
    Call,
    /// `G`: a GOT entry that holds the symbol's address.
    GotEntry,
    /// `GOT`: the base of the GOT, whatever the symbol.
    GotBase,
    /// `Z`: the symbol's size.
    Size,
    /// A GOT pair (module, offset in its block) as `__tls_get_addr` takes it.
    TlsPair,
    /// A GOT pair (module, 0).
    TlsModule,
    /// A GOT entry that holds the offset from the thread pointer.
    TlsOffsetEntry,
    /// A GOT pair (function, its argument): a TLS descriptor.
    TlsDescriptor,
    /// The offset in the module's block.
    TlsBlockOffset,
    /// The offset from the thread pointer.
    TlsOffset,
}

impl Operand {
    /// Whether a thread-local has to be at the same distance from the thread pointer in every thread.
    pub(crate) fn is_from_thread_pointer(self) -> bool {
        use Operand::{TlsDescriptor, TlsOffset, TlsOffsetEntry};
        matches!(self, TlsDescriptor | TlsOffset | TlsOffsetEntry)
    }
}

/// What is subtracted from operand and addend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Base {
    /// Nothing.
    Zero,
    /// `P`
    Place,
    /// `Page(P)`, from the page of the sum.
    PlacePage,
    /// `GOT`
    Got,
    /// `Page(GOT)`
    GotPage,
}

/// What the addend is added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Addend {
    /// The operand.
    Operand,
    /// The address that the operand, a GOT entry, holds.
    Entry,
}

/// One relocation kind: `field <- operand + A - base`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    pub(crate) operand: Operand,
    pub(crate) base: Base,
    pub(crate) addend: Addend,
    pub(crate) field: Field,
}

/// One row of a machine's table.
#[derive(Debug, Clone, Copy)]
enum Rule {
    /// The value is stored.
    Store(Kind),
    /// The relocation marks an instruction for relaxation; nothing is stored.
    Mark,
}

/// What the formula of a kind is applied to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inputs {
    /// What [`Kind::operand`] says.
    pub(crate) operand: u64,
    /// `A`; not counted again where the entry holds it.
    pub(crate) addend: i64,
    /// `P`
    pub(crate) place: u64,
    /// `GOT`
    pub(crate) got: u64,
}

fn rule(machine: Machine, r_type: u32) -> Option<Rule> {
    match machine {
        Machine::X86_64 => x86_64::rule(r_type),
        Machine::Aarch64 => aarch64::rule(r_type),
    }
}

/// The kinds this loader applies; `None` for all others.
pub(crate) fn lookup(machine: Machine, r_type: u32) -> Option<Kind> {
    match rule(machine, r_type) {
        Some(Rule::Store(kind)) => Some(kind),
        Some(Rule::Mark) | None => None,
    }
}

/// Whether the relocation stores nothing, by definition.
pub(crate) fn is_mark(machine: Machine, r_type: u32) -> bool {
    matches!(rule(machine, r_type), Some(Rule::Mark))
}

/// The psABI's name of a kind, for messages.
pub(crate) fn name(machine: Machine, r_type: u32) -> String {
    let names = match machine {
        Machine::X86_64 => &elf::NAMES_R_X86_64,
        Machine::Aarch64 => &elf::NAMES_R_AARCH64,
    };
    match names.name(elf::RelocationType(r_type)) {
        Some(name) => name.to_owned(),
        None => format!("relocation type {r_type}"),
    }
}

/// Whether the field at `offset` of `code` belongs to a call or jump, rather than to an
/// instruction that takes an address.
pub(crate) fn is_branch(machine: Machine, r_type: u32, code: &[u8], offset: usize) -> bool {
    match machine {
        Machine::X86_64 => x86_64::is_branch(r_type, code, offset),
        Machine::Aarch64 => aarch64::is_branch(r_type),
    }
}

impl Kind {
    pub(crate) fn is_thread_local(self) -> bool {
        use Operand::{
            TlsBlockOffset, TlsDescriptor, TlsModule, TlsOffset, TlsOffsetEntry, TlsPair,
        };
        matches!(
            self.operand,
            TlsPair | TlsModule | TlsOffsetEntry | TlsDescriptor | TlsBlockOffset | TlsOffset
        )
    }

    /// Whether the value depends on `S + A` alone, however the assembler divided the sum.
    pub(crate) fn folds(self) -> bool {
        matches!(self.operand, Operand::Symbol | Operand::Call)
    }

    /// Whether the field reaches GOT entries near the base of the GOT only.
    pub(crate) fn wants_near_entry(self) -> bool {
        let counts_from_got = matches!(self.base, Base::Got | Base::GotPage);
        self.operand == Operand::GotEntry && counts_from_got && !self.field.holds(1 << 30)
    }

    /// Whether the field counts from its own place.
    pub(crate) fn is_relative(self) -> bool {
        self.base == Base::Place
    }

    /// The part of the addend that belongs to the address a GOT entry holds.
    pub(crate) fn addend_of_entry(self, addend: i64) -> i64 {
        if self.addend == Addend::Entry { addend } else { 0 }
    }

    /// Whether `S + A` is the address meant. Elsewhere the addend also counts how far the field is
    /// from where the processor (or the data's reader) counts from.
    pub(crate) fn names_address(self, machine: Machine, in_code: bool) -> bool {
        match self.operand {
            Operand::GotEntry
            | Operand::TlsPair
            | Operand::TlsOffsetEntry
            | Operand::TlsDescriptor => self.addend == Addend::Entry,
            Operand::TlsModule => false,
            _ if self.is_relative() => machine == Machine::Aarch64 && in_code,
            _ => true,
        }
    }

    /// What the addend of a branch or load is when `S` itself is meant. `None` where the
    /// field may be anywhere in what is relative to it.
    pub(crate) fn plain_addend(self, machine: Machine, in_code: bool) -> Option<i64> {
        if self.names_address(machine, in_code) {
            return Some(0);
        }
        // The field is followed by the next instruction, from which x86-64 counts.
        let width = self.field.width();
        (in_code && width <= 4).then_some(-(width as i64))
    }

    /// The value that the field is to hold. Addresses wrap around, as they do in the processor.
    fn value(self, inputs: &Inputs) -> i64 {
        let page = |address: u64| address & !0xFFF;
        let addend = inputs.addend.wrapping_sub(self.addend_of_entry(inputs.addend));
        let sum = inputs.operand.wrapping_add_signed(addend);
        let value = match self.base {
            Base::Zero => sum,
            Base::Place => sum.wrapping_sub(inputs.place),
            Base::PlacePage => page(sum).wrapping_sub(page(inputs.place)),
            Base::Got => sum.wrapping_sub(inputs.got),
            Base::GotPage => sum.wrapping_sub(page(inputs.got)),
        };
        value as i64
    }

    /// Whether the field can hold the value.
    pub(crate) fn reaches(self, inputs: &Inputs) -> bool {
        self.field.holds(self.value(inputs))
    }

    /// Stores the value into `bytes[offset..]`. On an error nothing is written.
    ///
    /// # Errors
    /// `OutOfRange` when the field cannot hold the value, `Malformed` when the field is not inside
    /// `bytes`; the caller names symbol and section.
    pub(crate) fn apply(
        self,
        bytes: &mut [u8],
        offset: usize,
        inputs: &Inputs,
    ) -> Result<(), Error> {
        let value = self.value(inputs);
        if !self.field.holds(value) {
            return Err(Error::new(ErrorKind::OutOfRange, self.why_not(value)));
        }
        self.field.store(bytes, offset, value)
    }

    fn why_not(self, value: i64) -> String {
        let (sign, size) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
        let what = match self.base {
            // The low 2 GiB are for executables with fixed addresses; live code stands elsewhere.
            Base::Zero if size >> 31 > 0 => {
                let limits = self.field.limits();
                return format!("the value is {sign}{size:#x}, {limits}: compile with -fPIC");
            }
            Base::Zero => format!("the value is {sign}{size:#x}"),
            Base::Place => format!("the target is {sign}{size:#x} bytes away"),
            Base::PlacePage => format!("the target's page is {sign}{size:#x} bytes away"),
            Base::Got | Base::GotPage => {
                format!("the target is {sign}{size:#x} bytes from the GOT's base")
            }
        };
        format!("{what}, {}", self.field.limits())
    }
}

/// How far a call reaches either way, in bytes.
pub(crate) fn call_reach(machine: Machine) -> usize {
    match machine {
        Machine::X86_64 => 2 << 30,
        Machine::Aarch64 => 128 << 20,
    }
}

/// How far from the base of the GOT the most limited kind reaches, in bytes; 0 where each reaches
/// all of a window.
pub(crate) fn short_got_reach(machine: Machine) -> u32 {
    match machine {
        Machine::X86_64 => 0,
        Machine::Aarch64 => 32 << 10,
    }
}

/// Bytes of one stub, padding included.
pub(crate) const STUB: usize = 16;

/// A jump to the address in `word`, to be placed at `stub`. It changes no register that a call
/// passes anything in, and is a valid target of indirect branches where the processor checks them.
///
/// # Errors
/// `OutOfRange` when the stub cannot reach its word.
pub(crate) fn stub(machine: Machine, stub: u64, word: u64) -> Result<[u8; STUB], Error> {
    let code = match machine {
        Machine::X86_64 => x86_64::stub(stub, word),
        Machine::Aarch64 => aarch64::stub(stub, word),
    };
    code.ok_or_else(|| {
        Error::new(
            ErrorKind::OutOfRange,
            "a stub cannot reach its word: the windows are too far apart",
        )
    })
}

/// The entry check in front of `body`, to be written so that it ends there: is the word at
/// `watermark` bytes from the thread pointer at least `known`? If not, the function whose address
/// the word at `word` holds is called first. It changes nothing but flags.
///
/// # Errors
/// `OutOfRange` when it cannot reach `word` or the watermark.
pub(crate) fn check(
    body: usize,
    word: usize,
    watermark: u64,
    known: u32,
) -> Result<[u8; x86_64::CHECK_CODE], Error> {
    x86_64::check(body, word, watermark, known).ok_or_else(|| {
        Error::new(ErrorKind::OutOfRange, "an entry check cannot reach what it needs")
    })
}

/// The function of a TLS descriptor whose argument is the offset from the thread pointer: returns
/// its argument and changes no other register.
pub(crate) fn tls_descriptor_function(machine: Machine) -> [u8; STUB] {
    match machine {
        Machine::X86_64 => x86_64::TLS_DESCRIPTOR_FUNCTION,
        Machine::Aarch64 => aarch64::TLS_DESCRIPTOR_FUNCTION,
    }
}

/// Where the executable's thread-locals start, as a distance from the thread pointer, for a block of
/// `size` bytes aligned to `align`; `None` for impossible numbers. ELF Handling For Thread-Local
/// Storage, section 3: variant II puts the executable's block right below the thread pointer,
/// variant I above it, behind two words of the C library.
pub(crate) fn thread_block(machine: Machine, size: u64, align: u64) -> Option<u64> {
    match machine {
        Machine::X86_64 => Some(size.checked_next_multiple_of(align)?.wrapping_neg()),
        Machine::Aarch64 => 16u64.checked_next_multiple_of(align),
    }
}

#[cfg(test)]
mod tests;
