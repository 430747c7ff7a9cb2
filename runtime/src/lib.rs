//! The swap itself: slots, epochs, generations, programs and watching.
//!
//! ```text
//! source text ─▶ compiler ─▶ object ─▶ loader ─▶ linked function ─▶ slot ─▶ caller
//!                └───────────── what a `Program` orchestrates ─────┘
//! ```
//!
//! A [`Program`] is one watched live file. Its functions are called through [`Live`] handles, by
//! threads registered as [`Participant`]s, and through [`Closure`]s, which own a state. Each save
//! ends as one [`Event`]: live, unchanged, or refused with the reason.
//!
//! ```no_run
//! use segue_runtime::Program;
//!
//! let program = Program::open("gain.rs")?;
//! let gain = program.bind::<fn(f32) -> f32>("gain")?;
//! let me = program.participant();
//! loop {
//!     // Save gain.rs in any editor: the next call runs the new code.
//!     println!("{}", gain.pin(&me).call(0.5));
//! #   break;
//! }
//! # Ok::<(), segue_runtime::Error>(())
//! ```

#![cfg_attr(
    loom,
    allow(dead_code, unused_imports, reason = "the models use the protocols, not the rest")
)]

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
compile_error!("Segue runs on Linux on x86-64; other platforms are not supported yet.");

#[cfg(not(loom))]
mod allocator;
#[cfg(not(loom))]
mod builder;
#[cfg(not(loom))]
mod optimiser;
#[cfg(not(loom))]
mod program;
#[cfg(not(loom))]
mod reclaimer;
#[cfg(not(loom))]
mod standby;
#[cfg(not(loom))]
mod watch;
#[cfg(not(loom))]
mod worker;

#[cfg(not(loom))]
mod core;
#[cfg(not(loom))]
mod deliver;
#[cfg(not(loom))]
mod functions;
#[cfg(not(loom))]
mod generation;
#[cfg(not(loom))]
mod held;
#[cfg(not(loom))]
mod history;
#[cfg(not(loom))]
mod keep;
#[cfg(not(loom))]
mod listing;
#[cfg(not(loom))]
mod live;
#[cfg(not(loom))]
mod migrate;
#[cfg(not(loom))]
mod mutate;
#[cfg(not(loom))]
mod reach;
#[cfg(not(loom))]
mod saved;
#[cfg(not(loom))]
mod status;
#[cfg(not(loom))]
mod wanted;

mod alone;
mod commit;
#[cfg_attr(any(loom, not(feature = "jit")), allow(dead_code, reason = "only the jit's code polls"))]
mod deadline;
mod epoch;
mod error;
mod event;
mod fault;
mod roots;
mod slot;
mod state;
mod statics;
mod sync;
mod way_back;

#[cfg(not(loom))]
mod closure;
#[cfg(not(loom))]
mod compilers;
#[cfg(not(loom))]
mod handle;
#[cfg(not(loom))]
mod table;
#[cfg(not(loom))]
mod view;

#[cfg(not(loom))]
pub use crate::{
    builder::Builder,
    closure::{Call, Closure, Outcome, Shared},
    compilers::{BackEnd, Rejected},
    fault::prepare_thread,
    handle::{Live, Pinned, Portable, Signature},
    history::Place,
    listing::{GenerationView, Holders},
    program::Program,
    status::{FunctionStatus, Reason, Running, Saved, Status, Watching},
    view::{FunctionView, View},
};
pub use crate::{
    epoch::{Guard, Participant, Reclaimed, membarrier_available},
    error::{Error, ErrorKind},
    event::{Cause, Event, Report, Timings},
    fault::{Fault, FaultKind, Faults},
    roots::Commit,
    state::{Fate, FieldLine},
    statics::{StaticFate, StaticLine},
};
pub use segue_compiler as compiler;
pub use segue_loader as loader;
