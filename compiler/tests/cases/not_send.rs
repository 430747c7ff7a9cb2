//! A state moves between threads.
//# error: 9:5 the state `State` must be `Send`
//# error: 17:1 the state `Whole` must be `Send`
use std::rc::Rc;

#[derive(Default)]
pub struct State {
    phase: f32,
    shared: Rc<f32>,
}

pub fn process(state: &mut State) {
    state.phase += *state.shared;
}

#[derive(Default)]
pub struct Whole(f32, std::cell::OnceCell<Inner>);
struct Inner(Rc<f32>);

pub fn whole(state: &mut Whole) {
    state.0 += *state.1.get_or_init(|| Inner(Rc::default())).0;
}
