//! Three edits of one state, one after the other.
//# step: 101 302
use host::Io;
#[derive(Default)] pub struct State { phase: i64, gain: i32 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 100 + state.gain as i64; }
//# after
//# expect: migrated
//# state: phase: kept
//# state: gain: kept
//# state: a: new
//# step: 403 604
use host::Io;
#[derive(Default)] pub struct State { phase: i64, gain: i32, a: i64 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.gain += 1; io.output = state.phase * 100 + state.gain as i64 + state.a; }
//# after
//# expect: migrated
//# state: phase: kept
//# state: gain: dropped
//# state: a: kept
//# step: 701 902
use host::Io;
#[derive(Default)] pub struct State { phase: i64, a: i64 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.a += 1; io.output = state.phase * 100 + state.a; }
//# after
//# expect: live, changed step
//# step: 2003 2404
use host::Io;
#[derive(Default)] pub struct State { phase: i64, a: i64 }
pub fn step(state: &mut State, io: &mut Io) { state.phase += io.input; state.a += 1; io.output = state.phase * 200 + state.a; }
