//! The fields of the state change places.
//# step: 101 302
use host::Io;
#[derive(Default)] pub struct State { phase: i64, gain: i32 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 100 + state.gain as i64; }
//# after
//# expect: migrated
//# state: phase: kept
//# state: gain: kept
//# step: 803 1204
use host::Io;
#[derive(Default)] pub struct State { gain: i32, phase: i64 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 200 + state.gain as i64; }
