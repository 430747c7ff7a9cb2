//! Whatever the compilers emit: programs in C, C++ and Rust that say what they computed, by every pair of
//! compiler and flags (`matrix`). Each is linked twice from the same objects: by the system's linker as an
//! ordinary program, and by Segue into a child process (`inside`). Both must say the same.
//!
//! What Segue refuses has to be listed with its reason beside the flags that lead to it
//! (`c`, `cpp`, `rust`, `refused`), and its message has to say what to do.
//!
//! `SEGUE_COMPILERS=3` covers every three flags instead of every two, `4` every four, and so on.
#![allow(clippy::unwrap_used, reason = "a test")]

mod build;
mod c;
#[path = "../common/mod.rs"]
mod common;
mod cpp;
mod inside;
mod matrix;
mod refused;
mod rust;
