//! Without `Default` there is nothing to start from.
//# function: process fn(&mut State)
//# no state: State add #[derive(Default)]

pub struct State {
    pub phase: f32,
}

pub fn process(state: &mut State) {
    state.phase += 1.0;
}
