//! The promises of a live file, end to end: real files, real rustc, real machine code.
//!
//! Each module holds one promise. Songs are written to temporary folders, opened as programs, and
//! either rendered under the virtual clock or called from threads.

mod alone;
mod carried;
mod commits;
mod constructors;
mod disposals;
mod editing;
mod fault_callers;
mod fault_kinds;
mod fault_limits;
mod faults;
mod functions;
mod handles;
mod history;
#[cfg(feature = "jit")]
mod jit;
mod migrations;
mod model;
mod mutants;
mod owners;
mod parked;
mod reclaim;
mod refusals;
mod regressions;
mod saved;
mod slots;
mod song;
mod states;
mod storm;
mod stress;
mod swaps;
mod system_calls;
mod thread_locals;
mod tiers;
