//! A JIT linker for function-level swapping: relocatable objects in, sealed sections out.
//!
//! ```text
//! object bytes ─parse─▶ Object ─split, prune─▶ Split ─resolve, place, relocate, seal─▶ Linked
//! ```
//!
//! Calls between live functions go through slots (`Memory::slot_words`); everything else is bound
//! directly. Linking one more function writes bytes into memory that was mapped when the program
//! was opened: it maps, protects and unmaps nothing, and never touches bytes that may be executing.
//! Input is untrusted: a bad object is an [`Error`] that names section, offset and symbol.
//!
//! Code can also be linked for another process ([`Space::There`]), for x86-64 or aarch64: its memory is
//! written out as an [`Image`], and after swaps as the changes from one image to the next.
//!
//! Thread-locals of live code work in every access model. One is found again like any variable, and
//! keeps its value in every thread; a thread that starts later gets the initial value that the
//! variable had when it was first linked. They stand in a block of 16 KiB that is part of every thread,
//! so this crate has to be in the executable and not in a library that is opened later; their places are
//! not used again while the process lives, and the memory of a program that had some is never
//! unmapped, since threads run destructors when they end. The most they can be aligned to is 64.
//! Code that refers to one with an initial value is in a section of its own function.
//!
//! A variable is found again by name, size, alignment and fingerprint: variables of the same name in two
//! objects of a program need different fingerprints. Constructors run once ([`Linker::construct`]).
//!
//! Files in the order of the phases: `object` and `graph` (parse), `blocks`, `pieces`, `parts` and `split`
//! (split), `units` and `digest` (prune), `resolve` with `host`, `archive` and `nearest` (names for messages), `place` with `memory`,
//! `relocate` with `got` and `arch`, `thread_locals` with `entries`, `seal` with `unwind`. `batch` is one link in progress, `linker`
//! runs the phases in order, `linked` holds the owners, `debug` tells
//! people and tools what is where.

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
compile_error!(
    "segue-loader links x86-64 ELF objects into the running process: build it for x86_64 Linux"
);

mod arch;
mod archive;
mod batch;
mod blocks;
mod debug;
mod digest;
mod entries;
mod error;
mod got;
mod graph;
mod host;
mod indirect;
mod linked;
mod linker;
mod map;
mod memory;
mod names;
mod nearest;
mod object;
mod parts;
mod pieces;
mod place;
mod relocate;
mod resolve;
mod runs;
mod seal;
mod split;
mod startup;
#[cfg(test)]
mod testing;
mod thread_locals;
mod units;
mod unwind;

pub use arch::Machine;
pub use debug::{Backtrace, Location, Tools};
pub use digest::Digest;
pub use error::{Error, ErrorKind};
pub use host::Symbols;
pub use indirect::{Indirect, Resolvers};
pub use linked::{Linked, PrivateCode};
pub use linker::{Linker, Selection, SlotIndex, Targets, Times};
pub use map::Placement;
pub use memory::{
    Change, Config, Image, Memory, Protection, Segment, Space, ThreadLocal, Usage, serialise_cores,
};
pub use object::Object;
pub use split::{FunctionModule, Split, Static, split};
pub use unwind::index::is_live_code;
