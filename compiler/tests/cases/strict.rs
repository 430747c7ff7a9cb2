//! Lints the user denies are no demands on what is put below.
#![deny(missing_docs, warnings, unsafe_code, unreachable_pub, clippy::all)]
//# function: process fn(&mut State)
//# state: State phase: f32

/// The state.
#[derive(Default)]
pub struct State {
    phase: f32,
}

/// Plays.
pub fn process(state: &mut State) {
    state.phase += 1.0;
}
