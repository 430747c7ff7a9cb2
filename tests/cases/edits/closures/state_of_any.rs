//! A state that keeps a `Box<dyn Any>`, of a type whose layout changes.
//# step: 1072 3072
use std::any::Any; use host::Io;
#[repr(C)] struct Note { pitch: i32, gain: i32 }
pub struct State { kept: Box<dyn Any + Send>, count: i64 }
impl Default for State { fn default() -> State { State { kept: Box::new(Note { pitch: 7, gain: 2 }), count: 0 } } }
pub fn step(state: &mut State, io: &mut Io) { state.count += io.input; io.output = state.count * 1000 + state.kept.downcast_ref::<Note>().map_or(-1, |note| note.pitch as i64 * 10 + note.gain as i64); }
//# after
//# expect: migrated
//# state: kept: redefined
//# state: count: kept
//# step: 4072 6072
use std::any::Any; use host::Io;
#[repr(C)] struct Note { pitch: i64, gain: i32 }
pub struct State { kept: Box<dyn Any + Send>, count: i64 }
impl Default for State { fn default() -> State { State { kept: Box::new(Note { pitch: 7, gain: 2 }), count: 0 } } }
pub fn step(state: &mut State, io: &mut Io) { state.count += io.input; io.output = state.count * 1000 + state.kept.downcast_ref::<Note>().map_or(-1, |note| note.pitch * 10 + note.gain as i64); }
