//! Panics and C++ exceptions through live frames, host frames, and both, while frames come and go.
#![allow(clippy::unwrap_used, reason = "helpers of tests, in which a panic is the message")]

mod backtrace;
#[path = "../common/mod.rs"]
mod common;
mod cpp;
mod stress;
