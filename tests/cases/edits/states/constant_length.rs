//! The length of an array in the state is a constant.
//# step: 11 32
use host::Io;
const TAPS: usize = 3;
pub struct State { taps: [i64; TAPS], at: usize }
impl Default for State { fn default() -> State { State { taps: [0; TAPS], at: 0 } } }
pub fn step(state: &mut State, io: &mut Io) { state.taps[state.at % TAPS] = io.input; state.at += 1; io.output = state.taps.iter().sum::<i64>() * 10 + state.at as i64; }
//# after
//# expect: migrated
//# state: taps: another length
//# state: at: kept
//# step: 43 64
use host::Io;
const TAPS: usize = 5;
pub struct State { taps: [i64; TAPS], at: usize }
impl Default for State { fn default() -> State { State { taps: [0; TAPS], at: 0 } } }
pub fn step(state: &mut State, io: &mut Io) { state.taps[state.at % TAPS] = io.input; state.at += 1; io.output = state.taps.iter().sum::<i64>() * 10 + state.at as i64; }
