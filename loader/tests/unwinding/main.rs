//! Panics and C++ exceptions through live frames, host frames, and both, while frames come and go.

mod backtrace;
#[path = "../common/mod.rs"]
mod common;
mod cpp;
mod stress;
