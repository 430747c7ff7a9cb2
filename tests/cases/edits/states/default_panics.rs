//! Making the new state panics: what was live stays.
//# step: 101 302
use host::Io;
#[derive(Default)] pub struct State { phase: i64, gain: i32 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 100 + state.gain as i64; }
//# after
//# expect: refused: live.rs:3:
use host::Io;
pub struct State { phase: i64, gain: i64 }
impl Default for State { fn default() -> State { panic!("no default today") } }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 100 + state.gain; }
