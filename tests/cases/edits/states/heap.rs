//! A field that owns heap memory moves as it is.
//# step: 101 302
use host::Io;
#[derive(Default)] pub struct State { all: Vec<i64>, name: String }
pub fn step(state: &mut State, io: &mut Io) { state.all.push(io.input); state.name.push('x'); io.output = state.all.iter().sum::<i64>() * 100 + state.name.len() as i64; }
//# after
//# expect: migrated
//# state: all: kept
//# state: name: kept
//# state: count: new
//# step: 431 642
use host::Io;
#[derive(Default)] pub struct State { all: Vec<i64>, name: String, count: usize }
pub fn step(state: &mut State, io: &mut Io) { state.all.push(io.input); state.count += 1; state.name.push('x'); io.output = state.all.iter().sum::<i64>() * 100 + (state.name.len() * 10 + state.count) as i64; }
