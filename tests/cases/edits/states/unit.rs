//! A state without fields gets one.
//# step: 2 4
use host::Io;
#[derive(Default)] pub struct State;
pub fn step(_: &mut State, io: &mut Io) { io.output = io.input * 2; }
//# after
//# expect: migrated
//# state: n: new
//# step: 102 204
use host::Io;
#[derive(Default)] pub struct State { n: i64 }
pub fn step(state: &mut State, io: &mut Io) { state.n += 1; io.output = io.input * 2 + state.n * 100; }
