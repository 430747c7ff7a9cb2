//! The type of a field keeps its name and gets other fields.
//# step: 101 302
use host::Io;
#[derive(Default)] pub struct Osc { phase: i32 }
#[derive(Default)] pub struct State { osc: Osc, count: i64 }
pub fn step(state: &mut State, io: &mut Io) { state.osc.phase += io.input as i32; state.count += 1; io.output = state.osc.phase as i64 * 100 + state.count; }
//# after
//# expect: migrated
//# state: osc.phase: kept
//# state: osc.level: new
//# state: count: kept
//# step: 803 1204
use host::Io;
#[derive(Default)] pub struct Osc { phase: i32, level: i32 }
#[derive(Default)] pub struct State { osc: Osc, count: i64 }
pub fn step(state: &mut State, io: &mut Io) { state.osc.phase += io.input as i32; state.count += 1; io.output = state.osc.phase as i64 * 200 + state.count; }
