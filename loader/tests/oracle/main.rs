//! GNU ld as oracle: the same object, linked by ld at the addresses that Segue chose, must be the same
//! bytes.
//!
//! Segue links an object for an address space that the test chose (`ours`), once with every function
//! live and once with as few as reach everything. ld links it by a script that puts every section where
//! Segue put it (`theirs`). Then every byte is compared (`compare`). A field that differs must mean the
//! same: GOT entries by what they hold, calls of live functions by where slot and stub lead, copies
//! and pieces by what they are copies and pieces of. Unwind records are decoded on both sides
//! (`unwind`). What was compared how is counted (`report`), so that comparing nothing is a failure.

#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../common/mod.rs"]
mod common;
#[path = "../runner/mod.rs"]
mod runner;

#[allow(dead_code, reason = "the oracle needs the objects alone")]
#[path = "../programs/compile.rs"]
mod compile;
#[path = "../programs/sources.rs"]
mod sources;

mod cases;
mod check;
mod compare;
mod compiled;
mod fields;
mod generate;
mod mutation;
mod ours;
mod program;
mod report;
mod subject;
mod theirs;
mod threads;
mod toolchain;
mod unwind;
