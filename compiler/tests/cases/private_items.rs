//! What nothing outside the crate could reach is exported all the same: only then is its
//! calling convention left alone, and it can be replaced.
//# exported: helper
//# exported: Voice::tick
//# exported: Voice::render
//# exported: Voice::drop
//# exported: process
//# function: helper fn(&f32, usize, f32, &mut State) -> f32
use prelude::*;

#[derive(Default)]
pub struct State {
    phase: f32,
    taps: Vec<f32>,
}

struct Voice<'a>(f32, &'a str);

impl<'a> Voice<'a> {
    #[inline(never)]
    fn tick(&mut self, state: &mut State) -> f32 {
        state.taps.push(self.0);
        helper(&self.0, 2, 1.0, state) + self.1.len() as f32
    }
}

trait Render {
    fn render(&self, state: &mut State) -> f32;
}

impl Render for Voice<'_> {
    fn render(&self, state: &mut State) -> f32 {
        state.taps.push(self.0);
        state.taps.iter().sum()
    }
}

impl Drop for Voice<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

#[inline(never)]
fn helper(x: &f32, tap: usize, _unused: f32, state: &mut State) -> f32 {
    state.taps.push(*x);
    state.taps[tap]
}

pub fn process(state: &mut State, block: &mut Block) {
    let phase = state.phase;
    let mut voice = Voice(phase, "a");
    block.samples[0] = helper(&phase, 2, 7.0, state) + voice.tick(state) + voice.render(state);
}
