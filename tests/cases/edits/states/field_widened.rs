//! A field of the state is widened.
//# step: 101 302
use host::Io;
#[derive(Default)] pub struct State { phase: i64, gain: i32 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 100 + state.gain as i64; }
//# after
//# expect: migrated
//# state: phase: kept
//# state: gain: widened
//# step: 403 604
use host::Io;
#[derive(Default)] pub struct State { phase: i64, gain: i64 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 100 + state.gain; }
