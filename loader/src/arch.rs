//! What depends on the processor: relocation kinds, their formulas, stubs (phase: relocate).

pub(crate) mod x86_64;

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
