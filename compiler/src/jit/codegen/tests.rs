//! Code is generated, loaded and run.

mod build;
mod calls;
mod load;
mod memory;
mod operations;
mod panics;
