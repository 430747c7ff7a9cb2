//! Segue: edit a function of a running program, save, and threads that are already running call
//! the new machine code on their next call.
//!
//! This crate is the facade: [`runtime`] is the swap itself, [`audio`] playback and offline render
//! of songs (feature `audio`). With `default-features = false` only the runtime is built, and
//! of its compilers those that are asked for: `rustc`, `jit`.
//!
//! ```no_run
//! use segue::Program;
//!
//! # fn main() -> Result<(), segue::Error> {
//! // gain.rs: pub fn gain(x: f32) -> f32 { x * 0.5 }
//! let program = Program::open("gain.rs")?;
//! let gain = program.bind::<fn(f32) -> f32>("gain")?;
//! let me = program.participant();
//! for event in program.events() {
//!     // Each save of gain.rs ends as one event; the next call runs the new code.
//!     println!("{event}; gain(1.0) = {}", gain.pin(&me).call(1.0));
//! }
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "audio")]
#[doc(inline)]
pub use segue_audio_demo as audio;
#[doc(inline)]
pub use segue_runtime as runtime;

pub use segue_runtime::{
    BackEnd, Call, Cause, Closure, Commit, Error, ErrorKind, Event, Fault, FaultKind, Faults,
    GenerationView, Guard, Live, Outcome, Participant, Pinned, Place, Portable, Program, Rejected,
    Report, Shared, Signature, Timings, View, prepare_thread,
};
