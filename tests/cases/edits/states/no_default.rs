//! The state loses its Default: refused with its name.
//# step: 101 302
use host::Io;
#[derive(Default)] pub struct State { phase: i64, gain: i32 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 100 + state.gain as i64; }
//# after
//# expect: refused: `State` cannot be a state: the state needs `Default`
use host::Io;
pub struct State { phase: i64, gain: i32 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 100 + state.gain as i64; }
