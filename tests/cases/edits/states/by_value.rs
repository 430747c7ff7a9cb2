//! The closure takes its state by value.
//# step: 101 302
use host::Io;
#[derive(Default)] pub struct State { phase: i64, gain: i32 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 100 + state.gain as i64; }
//# after
//# expect: refused: line 3: `step` is `fn(State, &mut Io)`
use host::Io;
#[derive(Default)] pub struct State { phase: i64, gain: i32 }
pub fn step(mut state: State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 100 + state.gain as i64; }
