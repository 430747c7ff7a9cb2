//! The shape of every song.
//# function: process fn(&mut State, &mut Block)
//# function: gain fn(f32) -> f32
//# function: shape fn(f32, &[f32]) -> f32
//# state: State phase: f32, taps: Vec<f32>, name: Option<&'static str>
//# exported: process
//# exported: shape

use prelude::*;

#[derive(Default)]
pub struct State {
    phase: f32,
    taps: Vec<f32>,
    name: Option<&'static str>,
}

pub fn process(state: &mut State, block: &mut Block) {
    for sample in &mut block.samples {
        state.phase += 0.01;
        *sample = gain(shape(state.phase, &state.taps));
    }
    state.name = Some("played");
}

pub fn gain(x: f32) -> f32 {
    x * 0.5
}

fn shape(x: f32, taps: &[f32]) -> f32 {
    taps.iter().fold(x, |sum, tap| sum + tap.sin() * x)
}
