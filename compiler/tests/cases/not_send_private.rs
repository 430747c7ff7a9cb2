//! A type that stays inside may be anything.
//# function: inner fn(&mut Scratch)
//# no state: Scratch must be `Send`
//# function: process fn(&mut State)
//# state: State phase: f32

#[derive(Default)]
struct Scratch {
    shared: std::rc::Rc<f32>,
}

fn inner(scratch: &mut Scratch) {
    scratch.shared = std::rc::Rc::new(1.0);
}

#[derive(Default)]
pub struct State {
    phase: f32,
}

pub fn process(state: &mut State) {
    let mut scratch = Scratch::default();
    inner(&mut scratch);
    state.phase += *scratch.shared;
}
