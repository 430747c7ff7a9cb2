//! Large programs: SQLite, Lua and zlib, compiled by the system's compiler, linked with every function
//! behind a slot, running their own workloads while another thread swaps their functions for
//! identical copies. What they say must be what the same objects say as an ordinary program.
#![allow(clippy::unwrap_used, reason = "a failing unwrap is a failing test")]

mod bypass;
#[path = "../common/mod.rs"]
mod common;
mod compile;
mod counting;
mod live;
mod lua;
mod program;
mod sources;
mod sqlite;
mod swapping;
mod workload;
mod zlib;
