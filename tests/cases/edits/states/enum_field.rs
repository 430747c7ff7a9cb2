//! An enum in the state gets a variant.
//# step: 11 37
use host::Io;
#[derive(Default)] pub enum Mode { #[default] Off, On(i32) }
#[derive(Default)] pub struct State { mode: Mode, count: i64 }
pub fn step(state: &mut State, io: &mut Io) { state.count += io.input; io.output = state.count * 10 + match state.mode { Mode::Off => 1, Mode::On(x) => x as i64 }; state.mode = Mode::On(7); }
//# after
//# expect: migrated
//# state: mode::On.0: kept
//# state: mode::Loud: new
//# state: count: kept
//# step: 47 67
use host::Io;
#[derive(Default)] pub enum Mode { Loud, #[default] Off, On(i32) }
#[derive(Default)] pub struct State { mode: Mode, count: i64 }
pub fn step(state: &mut State, io: &mut Io) { state.count += io.input; io.output = state.count * 10 + match state.mode { Mode::Loud => 9, Mode::Off => 1, Mode::On(x) => x as i64 }; state.mode = Mode::On(7); }
