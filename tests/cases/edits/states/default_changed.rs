//! What Default gives changes: the state that is there stays.
//# step: 101 103
use host::Io;
pub struct State { phase: i64 }
impl Default for State { fn default() -> State { State { phase: 100 } } }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; io.output = state.phase; }
//# after
//# expect: live
//# step: 104 106
use host::Io;
pub struct State { phase: i64 }
impl Default for State { fn default() -> State { State { phase: 500 } } }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; io.output = state.phase; }
