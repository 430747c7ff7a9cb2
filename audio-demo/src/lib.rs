//! Playback of live files: the last stretch of the pipeline, from a closure's slot to the
//! loudspeaker.
//!
//! ```text
//! Closure::call ─▶ engine (blocks) ─▶ guard (finite, in range, no click) ─▶ meter ─▶ output
//!                                                         device · paced · WAV · render ◀─┘
//! ```
//!
//! Everything below [`Engine::fill`] runs on the audio thread and keeps its rules: no allocation,
//! no lock, no system call. The crate uses the runtime's public API only, like any other embedder.

#[path = "../prelude/block.rs"]
mod block;

pub mod engine;
mod error;
mod guard;
pub mod meter;
pub mod output;
pub mod prelude;
pub mod realtime;
pub mod render;

pub use block::Block;
pub use engine::{Engine, Format, Source, Stop};
pub use error::{Error, ErrorKind};
pub use meter::{Meter, Reading};
pub use render::{Edit, Happening, Render, Summary};

use segue_runtime::Shared;

/// The song that `segue new` starts people with: complete, commented, and a valid live file.
pub const TEMPLATE: &str = include_str!("../songs/template.rs");

// SAFETY: the type is compiled from exactly this text, by the `mod block` above, and is `repr(C)`
// over primitive types, so that its layout is the same in every live file that sees this text.
unsafe impl Shared for Block {
    const NAME: &'static str = "Block";
    const SOURCE: &'static str = include_str!("../prelude/block.rs");

    /// Songs that add their voices one by one begin with silence.
    fn reset(&mut self) {
        self.samples().fill(0.0);
    }
}
