//! Code is generated, loaded and run.

pub(in crate::jit) mod build;
mod calls;
pub(in crate::jit) mod load;
mod memory;
mod operations;
mod panics;
pub(in crate::jit::codegen) mod random;
