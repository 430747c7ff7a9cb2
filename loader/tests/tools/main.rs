//! What tools and people are told of live code: backtraces, GDB, perf.
#![allow(clippy::unwrap_used, reason = "tests")]

mod backtrace;
mod child;
#[path = "../common/mod.rs"]
mod common;
mod gdb;
mod index;
mod perf;
