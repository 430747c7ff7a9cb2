//! The `segue` command, end to end: what people type, what they read, and the files they get.
//!
//! Each module holds one subject. Songs are written to temporary folders; the command runs as a
//! process of its own, as from a shell, mostly with pipes and where it matters on a terminal.
//! Nothing here waits for a while: tests wait for a line, or for the end of the process.
#![cfg(feature = "cli")]

mod folder;
mod running;
mod wav;

mod check;
mod new;
mod refusals;
mod render;
mod songs;

mod ending;
mod faults;
mod play;
mod terminal;

mod mutants;
