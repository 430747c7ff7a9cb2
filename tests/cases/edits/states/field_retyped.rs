//! A field of the state becomes a float.
//# step: 101 302
use host::Io;
#[derive(Default)] pub struct State { phase: i64, gain: i32 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 100 + state.gain as i64; }
//# after
//# expect: migrated
//# state: phase: became
//# state: gain: kept
//# step: 3 104
use host::Io;
#[derive(Default)] pub struct State { phase: f64, gain: i32 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input as f64 * 0.5; state.gain += 1; io.output = state.phase as i64 * 100 + state.gain as i64; }
