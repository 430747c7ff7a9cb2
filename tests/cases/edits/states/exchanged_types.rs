//! Two modules exchange the types of one name that two fields have: nothing is taken for the other.
//# step: 10000 30304
use host::Io;
mod a { #[derive(Default)] pub struct Level { pub value: f32 } } mod b { #[derive(Default)] pub struct Level { pub value: u32 } }
#[derive(Default)] pub struct State { one: a::Level, two: b::Level, count: i64 }
pub fn step(state: &mut State, io: &mut Io) { state.count += io.input; io.output = state.count * 10000 + (state.one.value as i64).min(99) * 100 + (state.two.value as i64).min(99); state.one.value = 3 as _; state.two.value = 4 as _; }
//# after
//# expect: migrated
//# state: one: redefined
//# state: two: redefined
//# state: count: kept
//# step: 40000 60304
use host::Io;
mod a { #[derive(Default)] pub struct Level { pub value: u32 } } mod b { #[derive(Default)] pub struct Level { pub value: f32 } }
#[derive(Default)] pub struct State { one: a::Level, two: b::Level, count: i64 }
pub fn step(state: &mut State, io: &mut Io) { state.count += io.input; io.output = state.count * 10000 + (state.one.value as i64).min(99) * 100 + (state.two.value as i64).min(99); state.one.value = 3 as _; state.two.value = 4 as _; }
