//! The state comes to hold what must not leave its thread.
//# step: 101 302
use host::Io;
#[derive(Default)] pub struct State { phase: i64, gain: i32 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 100 + state.gain as i64; }
//# after
//# expect: refused: field `shared: Rc<i32>`
use host::Io;
#[derive(Default)] pub struct State { phase: i64, gain: i32, shared: std::rc::Rc<i32> }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 100 + state.gain as i64; }
