//! What depends on the processor: relocation kinds, their formulas, stubs (phase: relocate).

pub(crate) mod x86_64;
