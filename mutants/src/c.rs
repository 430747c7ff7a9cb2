//! Mutation testing of C: sources, flags and test programs in, an [`Image`](crate::Image) out, through the system's compiler.
//!
//! Phase: discover, instrument and build, for C; run and report are those of packages. In this order, a file each:
//! `command` (the user's compiler), `preprocess` (which lines it compiles, which names are macros), `types`, `syntax` (the tree,
//! by tree-sitter), `function` (what may become of each function), `changes` and `values` (the mutants), `write` and `switch`
//! (the text with all mutants in it), `rounds` (what the compiler rejects), `build`,
//! `driver` (tests that are commands), `made_of` (what a verdict depends on).
//!
//! **The user's files are only read, and compiled where they stand**: a changed text is compiled from a private folder with the
//! folder of the original first among those that `#include "..."` looks into. Tests run in a copy of the folder.

mod build;
mod changes;
mod command;
mod discover;
mod driver;
mod function;
mod made_of;
mod place;
mod preprocess;
mod program;
mod rounds;
mod switch;
mod syntax;
mod types;
mod values;
mod write;

pub use build::build;
pub use discover::{Read, read};
pub use program::Program;

#[cfg(test)]
mod tests;
