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
