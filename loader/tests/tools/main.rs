//! What tools and people are told of live code: backtraces, GDB, perf.
#![allow(clippy::unwrap_used, reason = "tests")]

mod backtrace;
#[path = "../common/mod.rs"]
mod common;
mod index;
