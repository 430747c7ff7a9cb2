//! The compiler in the process: Rust without a toolchain, an object within milliseconds.
//!
//! `front` (rust-analyzer's crates: names, types, traits) → `lower` (typed bodies to MIR) → [`mir`] →
//! `codegen` (Cranelift, an ELF object).

#[allow(dead_code, reason = "the contract stands before those who keep it")]
mod codegen;
#[allow(dead_code, reason = "what asks it is being built")]
mod front;
pub(crate) mod host;
#[allow(dead_code, reason = "who drives it is being built")]
mod lower;
#[allow(dead_code, reason = "the contract stands before those who keep it")]
mod mir;
