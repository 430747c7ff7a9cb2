//! A tuple struct as a state, to which a field is added.
//# step: 101 302
use host::Io;
#[derive(Default)] pub struct State(i64, i32);
pub fn step(state: &mut State, io: &mut Io) { state.0 += io.input; state.1 += 1; io.output = state.0 * 100 + state.1 as i64; }
//# after
//# expect: migrated
//# state: 0: kept
//# state: 1: kept
//# state: 2: new
//# step: 403 604
use host::Io;
#[derive(Default)] pub struct State(i64, i32, u8);
pub fn step(state: &mut State, io: &mut Io) { state.0 += io.input; state.1 += 1; io.output = state.0 * 100 + state.1 as i64 + state.2 as i64; }
