//! Fields that own heap memory move as they are.
//# step: 1010101 2020302
use host::Io;
#[derive(Default)] pub struct State { all: Vec<i64>, name: String, boxed: Box<i64>, table: std::collections::HashMap<String, Vec<u8>> }
pub fn step(state: &mut State, io: &mut Io) { state.all.push(io.input); state.name.push('x'); *state.boxed += 1; state.table.entry("key".to_owned()).or_default().push(1); io.output = *state.boxed * 1000000 + state.table["key"].len() as i64 * 10000 + state.all.iter().sum::<i64>() * 100 + state.name.len() as i64; }
//# after
//# expect: migrated
//# state: all: kept
//# state: name: kept
//# state: boxed: kept
//# state: table: kept
//# state: count: new
//# step: 3030431 4040642
use host::Io;
#[derive(Default)] pub struct State { table: std::collections::HashMap<String, Vec<u8>>, all: Vec<i64>, name: String, count: usize, boxed: Box<i64> }
pub fn step(state: &mut State, io: &mut Io) { state.all.push(io.input); state.count += 1; state.name.push('x'); *state.boxed += 1; state.table.entry("key".to_owned()).or_default().push(1); io.output = *state.boxed * 1000000 + state.table["key"].len() as i64 * 10000 + state.all.iter().sum::<i64>() * 100 + (state.name.len() * 10 + state.count) as i64; }
